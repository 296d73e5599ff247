package io.atelier.train;

import io.atelier.dl4j.TrainedWeight;
import io.atelier.dl4j.TrainingNetwork;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.OptimizerState;
import io.atelier.keras.Tensor;
import io.atelier.keras.WeightRef;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * How good the answers to a batch are.
     *
     * @param loss of the batch, with the regularizers'
     * @param correct how many of the examples were told right
     */
    public record Score(double loss, int correct) {}

    /**
     * Where training is: everything that the steps to come depend on. The arrays are the snapshot's own, in an order that
     * only a trainer of the same model and optimizer understands.
     *
     * @param parameters of the network
     * @param slots what the optimizer remembers
     * @param steps that were taken
     */
    public record Snapshot(float[] parameters, float[][] slots, long steps) {
        /** Whether every parameter is a finite number. */
        public boolean isFinite() {
            for (float parameter : parameters) {
                if (!Float.isFinite(parameter)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Takes one step, and scores the batch with the weights as they were before it.
     *
     * @param examples as the model takes them, one after the other
     * @param labels one an example, each at least 0 and below {@link #classes()}
     * @param exampleWeights by which losses are multiplied, one an example; none for 1 each
     * @param seed of what dropout drops
     * @throws IllegalArgumentException if a label is none of the model's
     */
    public Score step(float[] examples, int[] labels, float[] exampleWeights, long seed) {
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
        return new Score(value + penalty[0], correct[0]);
    }

    /**
     * Scores a batch in inference, which changes nothing.
     *
     * @param examples as the model takes them, one after the other
     * @param labels one an example
     * @throws IllegalArgumentException if a label is none of the model's
     */
    public Score score(float[] examples, int[] labels) {
        check(labels);
        float[] outputs = network.predict(examples, labels.length);
        double value = loss.apply(outputs, labels, new float[0], new float[outputs.length]);
        return new Score(value + regularizers.sum(network::values), correct(outputs, labels));
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

    /** Where training is. */
    public Snapshot snapshot() {
        float[][] copies = new float[slots.length][];
        for (int i = 0; i < slots.length; i++) {
            copies[i] = slots[i].clone();
        }
        return new Snapshot(network.snapshot(), copies, steps);
    }

    /**
     * Goes on from a snapshot.
     *
     * @throws IllegalArgumentException if it is of another model or optimizer
     */
    public void restore(Snapshot snapshot) {
        if (snapshot.slots().length != slots.length
                || slots.length > 0 && snapshot.slots()[0].length != slots[0].length) {
            throw new IllegalArgumentException("the snapshot is of another optimizer, or of other trained weights");
        }
        network.restore(snapshot.parameters());
        for (int i = 0; i < slots.length; i++) {
            System.arraycopy(snapshot.slots()[i], 0, slots[i], 0, slots[i].length);
        }
        steps = snapshot.steps();
    }

    /** Goes on with what an optimizer of the same kind remembers; of weights that it does not know, it begins anew. */
    public void remember(OptimizerState state) {
        List<String> names = optimizer.rule().slots();
        for (TrainedWeight weight : weights) {
            for (int i = 0; i < slots.length; i++) {
                float[] slot = slots[i];
                state.slot(new WeightRef(weight.layer(), weight.name()), names.get(i))
                        .filter(tensor -> tensor.shape().equals(weight.shape()))
                        .ifPresent(tensor -> network.put(weight, tensor, slot));
            }
        }
        steps = state.iterations();
    }

    /** What the optimizer remembers, in Keras's terms. */
    public OptimizerState state() {
        List<String> names = optimizer.rule().slots();
        Map<WeightRef, Map<String, Tensor>> remembered = new LinkedHashMap<>();
        for (int i = 0; i < slots.length; i++) {
            String name = names.get(i);
            network.tensors(slots[i])
                    .forEach((weight, tensor) -> remembered
                            .computeIfAbsent(new WeightRef(weight.layer(), weight.name()), ref -> new LinkedHashMap<>())
                            .put(name, tensor));
        }
        Map<WeightRef, Map<String, Tensor>> ordered = new LinkedHashMap<>();
        model.trainableWeights().stream()
                .filter(remembered::containsKey)
                .forEach(weight -> ordered.put(weight, remembered.getOrDefault(weight, Map.of())));
        Optional<Float> rate = optimizer.learningRate() instanceof LearningRate.Constant constant
                ? Optional.of((float) constant.rate())
                : Optional.empty();
        return new OptimizerState(steps, rate, ordered, optimizer.rule().product(steps));
    }

    /** The model with the weights as they are now, compiled as it is trained here, with what the optimizer remembers. */
    public KerasModel model() {
        KerasModel trained = network.trained();
        Map<String, KerasLayer> layers = new HashMap<>();
        model.layers().stream()
                .filter(layer -> !layer.weights().isEmpty())
                .forEach(layer -> layers.put(
                        layer.name(),
                        layer.withWeights(trained.layer(layer.name()).weights())));
        return model.withLayers(layers)
                .withTrainingConfig(TrainingConfigs.of(model, optimizer, loss).withOptimizerState(state()));
    }

    /** Frees the network. */
    @Override
    public void close() {
        network.close();
    }
}
