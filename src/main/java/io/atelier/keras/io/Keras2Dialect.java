package io.atelier.keras.io;

import io.atelier.keras.layer.ActivationFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts what Keras 1 and 2 meant otherwise into Keras 3's terms, in a layer and in all that are options of it:
 * hard_sigmoid had another slope, a norm another bound.
 */
final class Keras2Dialect {
    private static final List<String> ACTIVATIONS = List.of("activation", "recurrent_activation");
    /** The options that are layers, or cells, or lists of them. */
    private static final List<String> LAYERS =
            List.of("activation", "recurrent_activation", "layer", "backward_layer", "cell", "cells");

    /** The smallest norm that UnitNormalization divides by; no config has it. */
    static final String SMALLEST_NORM = "smallest norm";

    private static final String ZERO_OUTPUT = "zero_output_for_mask";

    /** The option of a ConvLSTM of which Keras 2 takes no notice. */
    static final String ZERO_OUTPUT_OF_KERAS_2 = "zero_output_for_mask (of Keras 2)";

    private Keras2Dialect() {}

    /** The options of a layer of this class. */
    static Map<String, @Nullable Object> options(String className, Map<?, ?> keras2Options) {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        keras2Options.forEach((name, value) -> options.put(String.valueOf(name), option(String.valueOf(name), value)));
        if (className.equals("UnitNormalization")) {
            options.put(SMALLEST_NORM, 1e-6);
        }
        if (className.startsWith("ConvLSTM") && options.containsKey(ZERO_OUTPUT)) {
            options.put(ZERO_OUTPUT_OF_KERAS_2, options.remove(ZERO_OUTPUT));
        }
        return options;
    }

    private static @Nullable Object option(String name, @Nullable Object value) {
        if (ACTIVATIONS.contains(name)
                && ActivationFunction.HARD_SIGMOID.kerasName().equals(value)) {
            return ActivationFunction.HARD_SIGMOID_OF_KERAS_2.kerasName();
        }
        if (LAYERS.contains(name)) {
            return value instanceof List<?> list
                    ? list.stream().map(Keras2Dialect::layer).toList()
                    : layer(value);
        }
        return value;
    }

    /** A layer that is the option of another: {@code {"class_name": "LSTM", "config": {…}}}. */
    private static @Nullable Object layer(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map) || !(map.get("config") instanceof Map<?, ?> config)) {
            return value;
        }
        Map<Object, @Nullable Object> layer = new LinkedHashMap<>(map);
        layer.put("config", options(String.valueOf(map.get("class_name")), config));
        return layer;
    }
}
