package io.atelier.keras.io;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@code .keras} archive keeps the weights of a layer that is made of others: {@code forward_layer/cell}.
 *
 * <p>Keras writes each object under the name of the attribute that holds it. Source:
 * keras/src/saving/saving_lib.py.
 */
final class LayerParts {
    private LayerParts() {}

    /** The paths below the layer's own that have weights, in the order of Keras's {@code layer.weights}. */
    static List<String> of(String className, Map<?, ? extends @Nullable Object> config) {
        return switch (className) {
            case "MultiHeadAttention" -> List.of("/query_dense", "/key_dense", "/value_dense", "/output_dense");
            default -> List.of("");
        };
    }
}
