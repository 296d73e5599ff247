package io.atelier.dl4j;

import io.atelier.keras.KerasLayer;
import java.util.Map;
import java.util.Set;

/** The dropout that a recurrent layer or attention has within, which works in training only. */
final class InnerDropout {
    private static final Set<String> OPTIONS = Set.of("dropout", "recurrent_dropout");

    private InnerDropout() {}

    /** Whether a layer, or a layer within it, drops something. */
    static boolean isIn(KerasLayer layer) {
        return drops(layer.trainingOptions());
    }

    private static boolean drops(Map<?, ?> options) {
        return options.entrySet().stream()
                .anyMatch(option -> OPTIONS.contains(option.getKey())
                                && option.getValue() instanceof Number rate
                                && rate.doubleValue() > 0
                        || option.getValue() instanceof Map<?, ?> inner && drops(inner)
                        || option.getValue() instanceof Iterable<?> list && drops(list));
    }

    private static boolean drops(Iterable<?> list) {
        for (Object item : list) {
            if (item instanceof Map<?, ?> options && drops(options)) {
                return true;
            }
        }
        return false;
    }
}
