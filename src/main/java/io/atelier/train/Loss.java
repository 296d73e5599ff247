package io.atelier.train;

import io.atelier.keras.KerasModel;

/**
 * What training makes small, as Keras computes it. Source: keras/src/losses/losses.py.
 *
 * <p>Labels are classes, counted from 0. The target of a class is a 1 at its place and zeros elsewhere; of a model with
 * one output, it is the class itself, 0 or 1.
 *
 * @param kind the formula
 * @param fromLogits whether a crossentropy takes the model's outputs for logits; a softmax or sigmoid at the model's end is
 *     taken into account whatever this says, as Keras does on TensorFlow
 * @param labelSmoothing by how much targets are moved towards all classes alike, from 0 to 1; of categorical and binary
 *     crossentropy only
 * @param delta where {@link Kind#HUBER} goes over from the square to the line
 * @param reduction of the losses of a batch's examples to one
 */
public record Loss(Kind kind, boolean fromLogits, double labelSmoothing, double delta, Reduction reduction) {
    /** The formulas. */
    public enum Kind {
        /** Of targets as vectors. */
        CATEGORICAL_CROSSENTROPY,
        /** The same of targets as numbers of classes. */
        SPARSE_CATEGORICAL_CROSSENTROPY,
        /** Of each output for itself. */
        BINARY_CROSSENTROPY,
        /** The mean of squares. */
        MEAN_SQUARED_ERROR,
        /** The mean of distances. */
        MEAN_ABSOLUTE_ERROR,
        /** The mean of half the squares near by, of distances further off. */
        HUBER;

        /** Whether the loss is computed of logits. */
        boolean isCrossentropy() {
            return this != MEAN_SQUARED_ERROR && this != MEAN_ABSOLUTE_ERROR && this != HUBER;
        }
    }

    /** How the losses of examples become one. */
    public enum Reduction {
        /** Their weighted sum over their number: Keras's sum_over_batch_size. */
        MEAN,
        /** Their weighted sum. */
        SUM,
        /** Their weighted sum over the sum of weights. */
        WEIGHTED_MEAN
    }

    public Loss {
        Checks.share("label_smoothing", labelSmoothing);
        Checks.positive("delta", delta);
    }

    /** A loss with Keras's defaults. */
    public static Loss of(Kind kind) {
        return new Loss(kind, false, 0, 1, Reduction.MEAN);
    }

    /** The same loss, of outputs that are logits. */
    public Loss ofLogits() {
        return new Loss(kind, true, labelSmoothing, delta, reduction);
    }

    /**
     * Whether the outputs of a model that is trained with this loss are logits.
     *
     * @throws io.atelier.keras.UnsupportedModelException if the model cannot be trained with it
     */
    public boolean takesLogits(KerasModel model) {
        return kind.isCrossentropy() && OutputEnd.fitted(model, this) == model;
    }

    /** Whether a model ends in a softmax or a sigmoid, so that its outputs are probabilities. */
    public boolean takesProbabilities(KerasModel model) {
        return OutputEnd.givesProbabilities(model);
    }

    /** Keras's name: {@code categorical_crossentropy}. */
    public String describe() {
        return Losses.name(kind);
    }

    /**
     * Computes the loss of a batch.
     *
     * @param outputs example by example: logits for a crossentropy
     * @param labels one an example
     * @param weights one an example, or none for 1 each
     * @param gradient to be filled, one for each output
     */
    double apply(float[] outputs, int[] labels, float[] weights, float[] gradient) {
        int width = outputs.length / labels.length;
        double divisor = divisor(labels.length, weights);
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double share = divisor == 0 ? 0 : (weights.length == 0 ? 1 : weights[i]) / divisor;
            sum += share * ofExample(outputs, i * width, width, labels[i], share, gradient);
        }
        return sum;
    }

    private double divisor(int examples, float[] weights) {
        return switch (reduction) {
            case SUM -> 1;
            case MEAN -> examples;
            case WEIGHTED_MEAN -> {
                double sum = weights.length == 0 ? examples : 0;
                for (float weight : weights) {
                    sum += weight;
                }
                yield sum;
            }
        };
    }

    private double ofExample(float[] outputs, int from, int width, int label, double share, float[] gradient) {
        if (kind == Kind.CATEGORICAL_CROSSENTROPY || kind == Kind.SPARSE_CATEGORICAL_CROSSENTROPY) {
            return ofSoftmax(outputs, from, width, label, share, gradient);
        }
        double sum = 0;
        for (int c = 0; c < width; c++) {
            double output = outputs[from + c];
            double target = width == 1 ? label : c == label ? 1 : 0;
            double slope;
            if (kind == Kind.BINARY_CROSSENTROPY) {
                target = target * (1 - labelSmoothing) + 0.5 * labelSmoothing;
                sum += Math.max(output, 0) - output * target + Math.log1p(Math.exp(-Math.abs(output)));
                slope = 1 / (1 + Math.exp(-output)) - target;
            } else {
                double error = output - target;
                boolean isNear = kind == Kind.MEAN_SQUARED_ERROR || kind == Kind.HUBER && Math.abs(error) <= delta;
                double squareFactor = kind == Kind.HUBER ? 0.5 : 1;
                double lineFactor = kind == Kind.HUBER ? delta : 1;
                sum += isNear
                        ? squareFactor * error * error
                        : lineFactor * Math.abs(error) - (kind == Kind.HUBER ? 0.5 * delta * delta : 0);
                slope = isNear ? 2 * squareFactor * error : lineFactor * Math.signum(error);
            }
            gradient[from + c] = (float) (share * slope / width);
        }
        return sum / width;
    }

    private double ofSoftmax(float[] logits, int from, int width, int label, double share, float[] gradient) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < width; c++) {
            highest = Math.max(highest, logits[from + c]);
        }
        double sum = 0;
        for (int c = 0; c < width; c++) {
            sum += Math.exp(logits[from + c] - highest);
        }
        double logSum = Math.log(sum) + highest;
        double loss = 0;
        for (int c = 0; c < width; c++) {
            double target = (c == label ? 1 - labelSmoothing : 0) + labelSmoothing / width;
            double logProbability = logits[from + c] - logSum;
            loss -= target == 0 ? 0 : target * logProbability;
            gradient[from + c] = (float) (share * (Math.exp(logProbability) - target));
        }
        return loss;
    }
}
