package io.atelier.keras.io;

import io.atelier.hdf5.Hdf5Group;
import io.atelier.keras.KerasModel;
import io.atelier.keras.OptimizerSlots;
import io.atelier.keras.OptimizerSlots.Slot;
import io.atelier.keras.OptimizerState;
import io.atelier.keras.Tensor;
import io.atelier.keras.TrainingConfig;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the optimizer of a model remembers, as the variables that Keras 3's optimizer has, in its order.
 *
 * @param iterations the first of them
 * @param others those that follow
 */
record OptimizerVariables(long iterations, List<Variable> others) {
    /** A variable, by the name that it gets where variables have names: {@code dense/kernel/momentum}. */
    record Variable(String name, Tensor values) {}

    /**
     * The variables; empty if the model's optimizer remembers nothing, or something of other weights than the model
     * trains now.
     */
    static Optional<OptimizerVariables> of(KerasModel model) {
        return model.trainingConfig()
                .flatMap(config -> config.optimizerState().flatMap(state -> of(model, config, state)));
    }

    private static Optional<OptimizerVariables> of(KerasModel model, TrainingConfig config, OptimizerState state) {
        List<Variable> variables = new ArrayList<>();
        Object rate = config.optimizerOptions().get("learning_rate");
        if (!CompileConfigs.hasSchedule(config, ModelFile.majorVersion(model.origin()) < 3)) {
            float learningRate =
                    state.learningRate().orElseGet(() -> rate instanceof Number number ? number.floatValue() : 0.001f);
            variables.add(new Variable("learning_rate", scalar(learningRate)));
        }
        Optional<OptimizerSlots> slots = config.optimizerSlots();
        if (slots.isEmpty()) {
            return Optional.empty();
        }
        if (!state.slots().isEmpty()) {
            for (Slot slot : slots.get().of(model.trainableWeights())) {
                Optional<Tensor> values = state.slot(slot.weight(), slot.name());
                Shape shape = model.layer(slot.weight().layer())
                        .weight(slot.weight().weight())
                        .shape();
                if (values.isEmpty() || !values.get().shape().equals(shape)) {
                    return Optional.empty();
                }
                variables.add(new Variable(slot.weight() + "/" + slot.name(), values.get()));
            }
            state.uProduct().ifPresent(product -> variables.add(new Variable("u_product", scalar(product))));
        }
        return Optional.of(new OptimizerVariables(state.iterations(), variables));
    }

    private static Tensor scalar(float value) {
        return Tensor.of(Shape.of(), value);
    }

    static void put(Hdf5Group group, String path, Tensor tensor) {
        group.putFloats(path, tensor.shape().toArray(), tensor.buffer());
    }
}
