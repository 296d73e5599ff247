package io.atelier.keras.io;

import io.atelier.keras.KerasModel;
import io.atelier.keras.ModelException;
import io.atelier.keras.OptimizerSlots;
import io.atelier.keras.OptimizerSlots.Slot;
import io.atelier.keras.OptimizerState;
import io.atelier.keras.Tensor;
import io.atelier.keras.TrainingConfig;
import io.atelier.keras.TrainingConfig.OptimizerVariable;
import io.atelier.keras.WeightRef;
import io.atelier.keras.layer.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what an optimizer remembers. Inference does without it: what is not understood is a reason to leave it out, never
 * to refuse the file.
 *
 * <p>As Keras does, variables are told apart by their position: the counter of steps, in Keras 3 the learning rate, then
 * the slots of each weight. The optimizers that Keras 2.11 called legacy list one slot of all weights after the
 * other, but for Ftrl.
 */
final class OptimizerStates {
    private static final Logger LOG = LoggerFactory.getLogger(OptimizerStates.class);

    /** How the legacy optimizers call the counter; the others call it {@code iteration:0}. */
    private static final String LEGACY_COUNTER = "/iter:0";

    private final KerasModel model;
    private final TrainingConfig config;
    private final Hdf5 file;

    private OptimizerStates(KerasModel model, TrainingConfig config, Hdf5 file) {
        this.model = model;
        this.config = config;
        this.file = file;
    }

    /** The model with what the file says of its optimizer, or with the reason why that is not understood. */
    static KerasModel read(KerasModel model, Hdf5 file) {
        Optional<TrainingConfig> config = model.trainingConfig()
                .filter(training -> !training.optimizerVariables().isEmpty());
        return config.map(training -> model.withTrainingConfig(new OptimizerStates(model, training, file).read()))
                .orElse(model);
    }

    private TrainingConfig read() {
        try {
            return config.withOptimizerState(state());
        } catch (IllegalArgumentException | ModelException e) {
            LOG.warn(
                    "{}: the state of the optimizer is left out: {}",
                    model.origin().source(),
                    e.getMessage());
            return config.withOptimizerStateProblem(String.valueOf(e.getMessage()));
        }
    }

    private OptimizerState state() {
        if (ModelFile.majorVersion(model.origin()) == 1
                || model.origin().backend().filter("theano"::equals).isPresent()) {
            throw new IllegalArgumentException("its variables are laid out as the kernels of Keras 1 or Theano were");
        }
        OptimizerSlots slots = config.optimizerSlots()
                .orElseThrow(() -> new IllegalArgumentException(
                        "what the optimizer " + config.optimizer().orElse("") + " remembers is not supported"));
        List<OptimizerVariable> variables = config.optimizerVariables();
        OptimizerVariable counter = variables.get(0);
        boolean isLegacy = counter.name().endsWith(LEGACY_COUNTER);
        if (!isLegacy && !isCounter(counter)) {
            throw new IllegalArgumentException("the first variable must be the counter of steps; received "
                    + counter.name() + " of shape " + counter.shape());
        }
        int next = 1;
        Optional<Float> learningRate = Optional.empty();
        if (next < variables.size() && hasLearningRate()) {
            learningRate = Optional.of(tensor(variables.get(next), Shape.of()).get(0));
            next++;
        }
        int end = variables.size();
        Optional<Float> uProduct = Optional.empty();
        long iterations = file.wholeNumber(counter.name());
        if (isOf("Nadam") && next < end) {
            if (ModelFile.majorVersion(model.origin()) == 3) {
                uProduct = Optional.of(tensor(variables.get(--end), Shape.of()).get(0));
            } else {
                // A legacy optimizer has its own, of another schedule.
                next += isLegacy ? 1 : 0;
                uProduct = Optional.of(uProduct(iterations));
            }
        }
        boolean isSlotBySlot = isLegacy && !isOf("Ftrl");
        return new OptimizerState(
                iterations,
                learningRate,
                slots(isSlotBySlot ? slots.oneAfterTheOther() : slots, variables.subList(next, end)),
                uProduct);
    }

    private boolean isOf(String optimizer) {
        return config.optimizer().filter(optimizer::equalsIgnoreCase).isPresent();
    }

    /** What Keras 2 counted otherwise, as Keras 3 has it after so many steps. */
    private float uProduct(long iterations) {
        double beta = config.optimizerOptions().get("beta_1") instanceof Number number ? number.doubleValue() : 0.9;
        double product = 1;
        for (long step = 1; step <= iterations && product > 0; step++) {
            product *= beta * (1 - 0.5 * Math.pow(0.96, step));
        }
        return (float) product;
    }

    private static boolean isCounter(OptimizerVariable variable) {
        String name = variable.name();
        boolean isNamedSo = name.endsWith("/0") || name.endsWith("/iteration:0") || name.endsWith("/iteration");
        return isNamedSo && variable.shape().rank() == 0;
    }

    /** Keras 3 keeps the learning rate as a variable, unless a schedule gives it. */
    private boolean hasLearningRate() {
        return ModelFile.majorVersion(model.origin()) == 3
                && !(config.optimizerOptions().get("learning_rate") instanceof Map<?, ?>);
    }

    private Map<WeightRef, Map<String, Tensor>> slots(OptimizerSlots slots, List<OptimizerVariable> variables) {
        List<WeightRef> weights = model.trainableWeights();
        List<Slot> expected = slots.of(weights);
        boolean isPlainSgdOfKeras2 = expected.isEmpty() && variables.size() == weights.size();
        if (variables.isEmpty() || isPlainSgdOfKeras2) {
            // Keras 2 keeps a momentum that it never uses.
            return Map.of();
        }
        if (variables.size() != expected.size()) {
            throw new IllegalArgumentException("expected " + expected.size() + " variables, " + slots.names() + " for "
                    + weights.size() + " trainable weights; the file has " + variables.size());
        }
        Map<WeightRef, Map<String, Tensor>> found = new LinkedHashMap<>();
        weights.forEach(weight -> found.put(weight, new LinkedHashMap<>()));
        for (int i = 0; i < expected.size(); i++) {
            Slot slot = expected.get(i);
            Shape shape = model.layer(slot.weight().layer())
                    .weight(slot.weight().weight())
                    .shape();
            Tensor tensor = tensor(variables.get(i), shape);
            found.computeIfPresent(slot.weight(), (weight, tensors) -> {
                tensors.put(slot.name(), tensor);
                return tensors;
            });
        }
        return found;
    }

    private Tensor tensor(OptimizerVariable variable, Shape expected) {
        if (!variable.shape().equals(expected)) {
            throw new IllegalArgumentException("expected a variable of shape " + expected + "; the file has "
                    + variable.name() + " of shape " + variable.shape());
        }
        return file.tensor(variable.name());
    }
}
