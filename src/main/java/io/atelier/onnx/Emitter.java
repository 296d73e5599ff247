package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.layer.LayerConfig;
import java.util.List;

/**
 * How one kind of Keras layer becomes nodes of an ONNX graph.
 *
 * @param <C> the layer's config
 */
interface Emitter<C extends LayerConfig> {
    /**
     * Adds the nodes of one call of a layer.
     *
     * @param layer for its name and weights
     * @param inputs what the call takes, in order
     * @return what the call gives, in order
     */
    List<Value> emit(OnnxGraph graph, KerasLayer layer, C config, List<Value> inputs);

    /**
     * An emitter of a layer that makes one tensor of one.
     *
     * @param <C> the layer's config
     */
    @FunctionalInterface
    interface Unary<C extends LayerConfig> extends Emitter<C> {
        /** Adds the nodes of one call, and gives what the call gives. */
        Value emit(OnnxGraph graph, KerasLayer layer, C config, Value input);

        @Override
        default List<Value> emit(OnnxGraph graph, KerasLayer layer, C config, List<Value> inputs) {
            return List.of(emit(graph, layer, config, inputs.get(0)));
        }
    }
}
