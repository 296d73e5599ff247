package io.atelier.keras;

import java.util.List;

/**
 * A model that stands as one layer in another one: its layers are layers of the outer model, named
 * {@code <name>/<inner name>}.
 *
 * @param name among the outer model's layers
 * @param className Keras's name for it: {@code Functional}, or {@code TimeDistributed} of a model that is applied to each step
 * @param calls what each call takes, in the outer model's terms
 * @param outputs for each call, the inner layers' tensors that it gives
 */
public record NestedModel(String name, String className, List<LayerCall> calls, List<List<TensorRef>> outputs) {
    public NestedModel {
        calls = List.copyOf(calls);
        outputs = outputs.stream().map(List::copyOf).toList();
    }

    /** Whether a layer of this name is part of it. */
    public boolean holds(String layer) {
        return layer.startsWith(name + "/");
    }
}
