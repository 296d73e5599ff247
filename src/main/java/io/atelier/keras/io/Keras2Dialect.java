package io.atelier.keras.io;

import io.atelier.keras.layer.ActivationFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what Keras 1 and 2 meant otherwise into Keras 3's terms: hard_sigmoid had another slope, a norm another bound. */
final class Keras2Dialect {
    private static final List<String> ACTIVATIONS = List.of("activation", "recurrent_activation");
    private static final List<String> NESTED = List.of("layer", "backward_layer", "cell", "cells", "config");

    /** The smallest norm that UnitNormalization divides by; no config has it. */
    static final String SMALLEST_NORM = "smallest norm";

    private Keras2Dialect() {}

    /** The options of a layer of this class. */
    static Map<String, @Nullable Object> options(String className, Map<String, @Nullable Object> keras2Options) {
        Map<String, @Nullable Object> options = options(keras2Options);
        if (className.equals("UnitNormalization")) {
            options.put(SMALLEST_NORM, 1e-6);
        }
        return options;
    }

    static Map<String, @Nullable Object> options(Map<?, ?> keras2Options) {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        keras2Options.forEach((name, value) -> options.put(String.valueOf(name), option(String.valueOf(name), value)));
        return options;
    }

    private static @Nullable Object option(String name, @Nullable Object value) {
        if (ACTIVATIONS.contains(name)
                && ActivationFunction.HARD_SIGMOID.kerasName().equals(value)) {
            return ActivationFunction.HARD_SIGMOID_OF_KERAS_2.kerasName();
        }
        if (NESTED.contains(name) && value instanceof Map<?, ?> map) {
            return options(map);
        }
        if (NESTED.contains(name) && value instanceof List<?> list) {
            return list.stream()
                    .map(item -> item instanceof Map<?, ?> map ? options(map) : item)
                    .toList();
        }
        return value;
    }
}
