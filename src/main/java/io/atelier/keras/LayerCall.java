package io.atelier.keras;

import java.util.List;

/**
 * One application of a layer to tensors: a node of the model's graph.
 *
 * @param layer the layer's name
 * @param node which call of that layer this is, from 0
 * @param inputs the tensors it takes, in order; empty for an InputLayer
 */
public record LayerCall(String layer, int node, List<TensorRef> inputs) {
    public LayerCall {
        inputs = List.copyOf(inputs);
    }

    /** The call's output with this index. */
    public TensorRef output(int index) {
        return new TensorRef(layer, node, index);
    }
}
