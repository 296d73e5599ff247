package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.layer.LayerConfig;

/**
 * How one kind of Keras layer becomes nodes of an ONNX graph.
 *
 * @param <C> the layer's config
 */
@FunctionalInterface
interface Emitter<C extends LayerConfig> {
    /**
     * Adds the nodes of one call of a layer.
     *
     * @param layer for its name and weights
     * @param input what the call takes
     * @return what the call gives
     */
    Value emit(OnnxGraph graph, KerasLayer layer, C config, Value input);
}
