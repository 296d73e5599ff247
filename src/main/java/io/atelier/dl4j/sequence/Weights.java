package io.atelier.dl4j.sequence;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Looks weights up by name. */
final class Weights {
    private Weights() {}

    static Traced get(Map<String, Traced> weights, String name) {
        return find(weights, name)
                .orElseThrow(() -> new IllegalStateException("there is no weight " + name + " in " + weights.keySet()));
    }

    static Optional<Traced> find(Map<String, Traced> weights, String name) {
        return Optional.ofNullable(weights.get(name));
    }

    /** Those whose names start with a prefix, without it. */
    static Map<String, Traced> within(Map<String, Traced> weights, String prefix) {
        Map<String, Traced> found = new HashMap<>();
        weights.forEach((name, weight) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), weight);
            }
        });
        return found;
    }
}
