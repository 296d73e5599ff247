package io.atelier.train;

import io.atelier.dl4j.TrainedWeight;
import io.atelier.dl4j.TrainingNetwork;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains a model step by step, as Keras's {@code train_on_batch} does.
 *
 * <p>Not thread-safe. {@link #close()} frees native memory.
 */
public final class Trainer implements AutoCloseable {
    private final KerasModel model;
    private final Optimizer optimizer;
    private final Loss loss;
    private final TrainingNetwork network;
    private final List<TrainedWeight> weights;
    private final Regularizers regularizers;
    private final float[][] slots;
    private long steps;

    /**
     * A trainer whose optimizer remembers nothing yet.
     *
     * @throws io.atelier.keras.UnsupportedModelException if the model, or an option of a layer, cannot be trained
     * @throws IllegalArgumentException if every layer is frozen
     */
    public Trainer(KerasModel model, Optimizer optimizer, Loss loss) {
        this.model = model;
        this.optimizer = optimizer;
        this.loss = loss;
        this.network = new TrainingNetwork(OutputEnd.fitted(model, loss));
        try {
            this.weights = network.weights();
            this.regularizers = new Regularizers(model, weights);
            int count = weights.stream().mapToInt(TrainedWeight::count).sum();
            if (count == 0) {
                throw new IllegalArgumentException(model + " has no weight that is trained: every layer is frozen");
            }
            this.slots = optimizer.newSlots(count);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /**
     * What a step found, before it changed the weights.
     *
     * @param loss of the batch, with the regularizers'
     * @param correct how many of the examples were told right
     */
    public record Step(double loss, int correct) {}

    /**
     * Takes one step.
     *
     * @param examples as the model takes them, one after the other
     * @param labels one an example, each at least 0 and below {@link #classes()}
     * @param exampleWeights by which losses are multiplied, one an example; none for 1 each
     * @param seed of what dropout drops
     * @throws IllegalArgumentException if a label is none of the model's
     */
    public Step step(float[] examples, int[] labels, float[] exampleWeights, long seed) {
        check(labels);
        int[] correct = new int[1];
        double[] penalty = new double[1];
        double value = network.step(
                examples,
                labels.length,
                seed,
                (outputs, gradient) -> {
                    correct[0] = correct(outputs, labels);
                    return loss.apply(outputs, labels, exampleWeights, gradient);
                },
                (values, gradient) -> {
                    penalty[0] = regularizers.addTo(values, gradient);
                    optimizer.update(values, gradient, slots, steps, weights);
                });
        steps++;
        return new Step(value + penalty[0], correct[0]);
    }

    private void check(int[] labels) {
        for (int label : labels) {
            if (label < 0 || label >= classes()) {
                throw new IllegalArgumentException(
                        "labels must be from 0 to " + (classes() - 1) + ", as the model has them; received " + label);
            }
        }
    }

    private int correct(float[] outputs, int[] labels) {
        int width = network.outputSize();
        int correct = 0;
        for (int i = 0; i < labels.length; i++) {
            correct += answer(outputs, i * width, width) == labels[i] ? 1 : 0;
        }
        return correct;
    }

    private int answer(float[] outputs, int from, int width) {
        if (width == 1) {
            return outputs[from] > (loss.kind().isCrossentropy() ? 0 : 0.5) ? 1 : 0;
        }
        int best = 0;
        for (int c = 1; c < width; c++) {
            if (outputs[from + c] > outputs[from + best]) {
                best = c;
            }
        }
        return best;
    }

    /** The number of classes that the model tells apart: 2 for a single output. */
    public int classes() {
        return Math.max(network.outputSize(), 2);
    }

    /** The number of steps that were taken, those before a saved state included. */
    public long steps() {
        return steps;
    }

    /** The model with the weights as they are now. */
    public KerasModel model() {
        KerasModel trained = network.trained();
        Map<String, KerasLayer> layers = new HashMap<>();
        model.layers().stream()
                .filter(layer -> !layer.weights().isEmpty())
                .forEach(layer -> layers.put(
                        layer.name(),
                        layer.withWeights(trained.layer(layer.name()).weights())));
        return model.withLayers(layers);
    }

    /** Frees the network. */
    @Override
    public void close() {
        network.close();
    }
}
