package io.atelier.keras;

/**
 * One tensor of a model's graph, named by the call that makes it, as Keras's {@code keras_history} does.
 *
 * @param layer the layer's name
 * @param node which call of that layer, from 0
 * @param index which of the call's outputs, from 0
 */
public record TensorRef(String layer, int node, int index) {
    /** The first output of a layer's first call. */
    public static TensorRef of(String layer) {
        return new TensorRef(layer, 0, 0);
    }

    /** As Keras's summary writes it: {@code dense[0][0]}. */
    @Override
    public String toString() {
        return layer + "[" + node + "][" + index + "]";
    }
}
