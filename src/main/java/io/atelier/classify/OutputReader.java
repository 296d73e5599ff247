package io.atelier.classify;

import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ActivationOption;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.Softmax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a model's outputs as probabilities of labels, and refuses what cannot be.
 *
 * @param <L> the type of a label
 */
final class OutputReader<L> {
    /** How far from 1 a sum of 32-bit probabilities, however many, may honestly be. */
    private static final double SUM_TOLERANCE = 1e-3;

    private final KerasModel model;
    private final Labels<L> labels;
    private final ModelOutput output;
    private final int units;

    OutputReader(KerasModel model, Labels<L> labels, ModelOutput output) {
        this.model = model;
        this.labels = labels;
        this.output = output;
        if (model.outputs().size() != 1) {
            throw new IllegalArgumentException(
                    model + " has " + model.outputs().size() + " outputs; an image classifier's model has one");
        }
        Shape shape = model.outputShapes().get(0);
        if (shape.rank() != 2 || (shape.size(1) != labels.size() && !(shape.size(1) == 1 && labels.size() == 2))) {
            throw new IllegalArgumentException("the model's output has the shape " + shape + "; expected (None, "
                    + labels.size() + "), a value for each of the labels " + labels
                    + (labels.size() == 2 ? ", or (None, 1), the probability of the second" : ""));
        }
        this.units = shape.size(1);
        checkFunction();
    }

    /** Compares the last layer's function with what the caller says of the outputs, where that layer tells it. */
    private void checkFunction() {
        LayerConfig last = model.layer(model.outputs().get(0).layer()).config();
        Optional<ActivationOption> function = Optional.empty();
        if (last instanceof Dense dense) {
            function = Optional.of(dense.activation());
        } else if (last instanceof Activation activation) {
            function = Optional.of(activation.function());
        } else if (last instanceof Softmax) {
            function = Optional.of(ActivationFunction.SOFTMAX);
        }
        if (function.isEmpty()) {
            return;
        }
        ActivationFunction wanted = isBinary() ? ActivationFunction.SIGMOID : ActivationFunction.SOFTMAX;
        boolean fits = output == ModelOutput.PROBABILITIES
                ? function.get() == wanted
                : function.get() == ActivationFunction.LINEAR;
        if (!fits) {
            String expected = output == ModelOutput.PROBABILITIES
                    ? wanted.kerasName() + ", as the outputs are to be probabilities (linear is for logits)"
                    : "linear, as the outputs are to be logits (" + wanted.kerasName() + " is for probabilities)";
            throw new IllegalArgumentException("the model's last layer '"
                    + model.outputs().get(0).layer() + "' applies "
                    + name(function.get()) + "; expected "
                    + expected);
        }
    }

    private static String name(ActivationOption function) {
        return function instanceof ActivationFunction named ? named.kerasName() : function.toString();
    }

    private boolean isBinary() {
        return units == 1 && labels.size() == 2;
    }

    /** The predictions for the images of one batch. */
    List<Prediction<L>> read(Tensor outputs, int images) {
        if (!outputs.shape().equals(Shape.of(images, units))) {
            throw new IllegalStateException("the model answered " + images + " images with the shape " + outputs.shape()
                    + "; expected " + Shape.of(images, units));
        }
        List<Prediction<L>> predictions = new ArrayList<>(images);
        float[] values = outputs.toArray();
        for (int i = 0; i < images; i++) {
            predictions.add(prediction(Arrays.copyOfRange(values, i * units, (i + 1) * units)));
        }
        return predictions;
    }

    private Prediction<L> prediction(float[] row) {
        for (float value : row) {
            if (!Float.isFinite(value)) {
                throw new IllegalStateException(
                        "the model's output holds " + value + ": its weights are broken, or overflow on this image");
            }
        }
        float[] probabilities = output == ModelOutput.LOGITS ? applied(row) : row;
        if (isBinary()) {
            probabilities = new float[] {1 - probabilities[0], probabilities[0]};
        }
        checkProbabilities(probabilities);
        return new Prediction<>(labels, probabilities);
    }

    private float[] applied(float[] logits) {
        if (isBinary()) {
            return new float[] {(float) (1 / (1 + Math.exp(-logits[0])))};
        }
        double max = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - max);
        }
        float[] probabilities = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = (float) (Math.exp(logits[i] - max) / sum);
        }
        return probabilities;
    }

    private void checkProbabilities(float[] probabilities) {
        double sum = 0;
        boolean inRange = true;
        for (int i = 0; i < probabilities.length; i++) {
            sum += probabilities[i];
            inRange &= probabilities[i] >= 0 && probabilities[i] <= 1 + SUM_TOLERANCE;
            probabilities[i] = Math.min(probabilities[i], 1);
        }
        if (!inRange || Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new IllegalStateException("the model's outputs are no probabilities: expected values from 0 to 1 that"
                    + " add up to 1; received " + abbreviated(probabilities) + " with the sum " + (float) sum
                    + "; if the model was trained with from_logits=True, take them as logits");
        }
    }

    private static String abbreviated(float[] values) {
        return values.length <= 10
                ? Arrays.toString(values)
                : Arrays.toString(Arrays.copyOf(values, 10)).replace("]", ", …]");
    }
}
