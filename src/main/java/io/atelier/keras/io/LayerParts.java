package io.atelier.keras.io;

import java.util.ArrayList;
import java.util.HashMap;
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
            case "SimpleRNN", "LSTM", "GRU", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D" -> List.of("/cell");
            case "GroupedQueryAttention" -> List.of("/_query_dense", "/_key_dense", "/_value_dense", "/_output_dense");
            case "MultiHeadAttention" -> List.of("/query_dense", "/key_dense", "/value_dense", "/output_dense");
            case "RNN" -> below("/cell", config.get("cell"));
            case "SpectralNormalization" -> {
                List<String> parts = new ArrayList<>(List.of(""));
                parts.addAll(below("/layer", config.get("layer")));
                yield parts;
            }
            case "TimeDistributed" -> below("/layer", config.get("layer"));
            case "Bidirectional" -> {
                Object layer = config.get("layer");
                Object backward = config.get("backward_layer");
                List<String> parts = new ArrayList<>(below("/forward_layer", layer));
                parts.addAll(below("/backward_layer", backward == null ? layer : backward));
                yield parts;
            }
            case "StackedRNNCells" -> stack(config.get("cells"));
            default -> List.of("");
        };
    }

    private static List<String> below(String attribute, @Nullable Object layer) {
        return layer instanceof Map<?, ?> map && map.get("config") instanceof Map<?, ?> config
                ? of(String.valueOf(map.get("class_name")), config).stream()
                        .map(part -> attribute + part)
                        .toList()
                : List.of();
    }

    /** The objects of a list are numbered by class. */
    private static List<String> stack(@Nullable Object cells) {
        List<String> parts = new ArrayList<>();
        Map<String, Integer> used = new HashMap<>();
        for (Object cell : cells instanceof List<?> list ? list : List.of()) {
            if (cell instanceof Map<?, ?> map) {
                String name = ArchiveWeightStore.snakeCase(String.valueOf(map.get("class_name")));
                int count = used.merge(name, 1, Integer::sum);
                parts.addAll(below("/cells/" + name + (count == 1 ? "" : "_" + (count - 1)), map));
            }
        }
        return parts;
    }
}
