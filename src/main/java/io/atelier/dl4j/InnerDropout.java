package io.atelier.dl4j;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.layer.Bidirectional;
import io.atelier.keras.layer.Masked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dropout that a recurrent layer or attention has within, which works in training only.
 *
 * @param rate of the option {@code dropout}; 0 if there is none
 * @param isTooMuch whether there is more than that: {@code recurrent_dropout}, for which, as for implementation 1, Keras
 *     draws other noise for each gate; or dropout of cells, or of a layer that is applied step by step; or that of two directions differs
 */
record InnerDropout(double rate, boolean isTooMuch) {
    private static final String DROPOUT = "dropout";
    private static final String BACKWARD = "backward_layer";
    private static final String RECURRENT_DROPOUT = "recurrent_dropout";

    static InnerDropout of(KerasLayer layer) {
        Map<String, Object> options = new HashMap<>(layer.trainingOptions());
        if (Masked.unwrapped(layer.config()) instanceof Bidirectional) {
            InnerDropout forward = of(inner(options.get("layer")));
            // Keras 1 and 2 write no second layer where it is a copy of the first.
            InnerDropout backward = options.containsKey(BACKWARD) ? of(inner(options.get(BACKWARD))) : forward;
            boolean isOne = forward.rate == backward.rate && !forward.isTooMuch && !backward.isTooMuch;
            return new InnerDropout(forward.rate, !isOne);
        }
        return of(options);
    }

    private static InnerDropout of(Map<String, Object> options) {
        double rate = number(options.remove(DROPOUT));
        boolean isPerGate = rate > 0 && number(options.get("implementation")) == 1;
        return new InnerDropout(rate, isPerGate || drops(options));
    }

    private static Map<String, Object> inner(@Nullable Object layer) {
        Map<String, Object> inner = new HashMap<>();
        if (layer instanceof Map<?, ?> entry && entry.get("config") instanceof Map<?, ?> config) {
            config.forEach((name, value) -> inner.put(String.valueOf(name), value));
        }
        return inner;
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    private static boolean drops(@Nullable Object value) {
        if (value instanceof Map<?, ?> options) {
            return number(options.get(DROPOUT)) > 0
                    || number(options.get(RECURRENT_DROPOUT)) > 0
                    || options.values().stream().anyMatch(InnerDropout::drops);
        }
        return value instanceof List<?> list && list.stream().anyMatch(InnerDropout::drops);
    }
}
