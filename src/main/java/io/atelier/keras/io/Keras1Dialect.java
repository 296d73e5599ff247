package io.atelier.keras.io;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the layers of Keras 1 into Keras 3's terms.
 *
 * <p>Source: keras/legacy/interfaces.py of Keras 2, which accepted Keras 1's arguments.
 */
final class Keras1Dialect {
    private static final Map<String, String> CLASS_NAMES =
            Map.of("Convolution2D", "Conv2D", "AtrousConvolution2D", "Conv2D");

    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("output_dim", "units"),
            Map.entry("nb_filter", "filters"),
            Map.entry("subsample", "strides"),
            Map.entry("border_mode", "padding"),
            Map.entry("dim_ordering", "data_format"),
            Map.entry("atrous_rate", "dilation_rate"),
            Map.entry("bias", "use_bias"),
            Map.entry("p", "rate"),
            Map.entry("init", "kernel_initializer"),
            Map.entry("W_regularizer", "kernel_regularizer"),
            Map.entry("b_regularizer", "bias_regularizer"),
            Map.entry("W_constraint", "kernel_constraint"),
            Map.entry("b_constraint", "bias_constraint"),
            Map.entry("inner_init", "recurrent_initializer"),
            Map.entry("inner_activation", "recurrent_activation"),
            Map.entry("U_regularizer", "recurrent_regularizer"),
            Map.entry("dropout_W", "dropout"),
            Map.entry("dropout_U", "recurrent_dropout"),
            Map.entry("consume_less", "implementation"),
            Map.entry("beta_init", "beta_initializer"),
            Map.entry("gamma_init", "gamma_initializer"));

    private static final Map<String, String> DATA_FORMATS =
            Map.of("tf", "channels_last", "th", "channels_first", "default", "channels_last");

    private Keras1Dialect() {}

    static String className(String keras1Name) {
        return CLASS_NAMES.getOrDefault(keras1Name, keras1Name);
    }

    static Map<String, @Nullable Object> options(String keras1ClassName, Map<String, @Nullable Object> keras1Options) {
        Map<String, @Nullable Object> rest = new HashMap<>(keras1Options);
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        if (rest.containsKey("nb_row")) {
            options.put("kernel_size", List.of(integer(rest.remove("nb_row")), integer(rest.remove("nb_col"))));
        }
        if (keras1ClassName.equals("BatchNormalization") && Integer.valueOf(0).equals(rest.get("mode"))) {
            rest.remove("mode");
        }
        if (rest.containsKey("output_dim") && !keras1ClassName.equals("Embedding")) {
            // What the input has, which the weights say as well.
            rest.keySet().removeAll(Set.of("input_dim", "input_length", "forget_bias_init"));
        }
        if (rest.get("layer") instanceof Map<?, ?> wrapped) {
            rest.put("layer", nested(wrapped));
        }
        rest.forEach((name, value) -> options.put(OPTIONS.getOrDefault(name, name), value));
        options.computeIfPresent("data_format", (name, value) -> DATA_FORMATS.getOrDefault(value, value.toString()));
        return options;
    }

    private static Object integer(@Nullable Object value) {
        return value == null ? "null" : value;
    }

    /** A layer that is the option of another. */
    private static Map<String, @Nullable Object> nested(Map<?, ?> layer) {
        LayerEntry entry = LayerEntry.nested("layer", layer);
        return Map.of(
                "class_name", className(entry.fileClassName()),
                "config", options(entry.fileClassName(), entry.config()));
    }
}
