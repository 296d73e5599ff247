package io.atelier.keras.layer;

import java.util.List;

/**
 * A layer that is not one of Keras's: what a program says that a model's own class, or its Lambda, is.
 *
 * <p>The one open end of {@link LayerConfig}. An implementation is a record, immutable and thread-safe as the others; an
 * engine runs it if it also says how, by implementing {@code io.atelier.onnx.OnnxLayer} or
 * {@code io.atelier.dl4j.Dl4jLayer}.
 */
public non-sealed interface CustomLayer extends LayerConfig {
    /** None; a layer with weights lists them here in the order of Keras's {@code layer.weights}. */
    @Override
    default List<WeightSpec> weights(List<Shape> inputs) {
        return List.of();
    }
}
