package io.atelier.keras;

import java.util.List;

/**
 * A model that stands as one layer in another one: its layers are layers of the outer model, named
 * {@code <name>/<inner name>}.
 *
 * @param name among the outer model's layers
 * @param kind how it was put together
 * @param isOfEachStep whether it is applied to each step of a sequence, by a TimeDistributed around it
 * @param calls what each call takes, in the outer model's terms
 * @param outputs for each call, the inner layers' tensors that it gives
 */
public record NestedModel(
        String name, KerasModel.Kind kind, boolean isOfEachStep, List<LayerCall> calls, List<List<TensorRef>> outputs) {
    public NestedModel {
        calls = List.copyOf(calls);
        outputs = outputs.stream().map(List::copyOf).toList();
    }

    /** Whether a layer of this name is part of it. */
    public boolean holds(String layer) {
        return layer.startsWith(name + "/");
    }

    /** Keras's name for it: {@code Functional}. */
    public String className() {
        if (isOfEachStep) {
            return "TimeDistributed";
        }
        return kind == KerasModel.Kind.SEQUENTIAL ? "Sequential" : "Functional";
    }
}
