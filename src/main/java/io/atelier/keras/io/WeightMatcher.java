package io.atelier.keras.io;

import io.atelier.keras.Problem;
import io.atelier.keras.Tensor;
import io.atelier.keras.io.WeightStore.StoredWeight;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.WeightSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Gives each weight that a layer must have the one that the file has for it: by name where the file has the same names,
 * else by position, as Keras does. Shapes are compared before any value is read.
 */
final class WeightMatcher {
    private final ModelFile file;
    private final WeightStore store;
    private final Problems problems;

    WeightMatcher(ModelFile file, WeightStore store, Problems problems) {
        this.file = file;
        this.store = store;
        this.problems = problems;
    }

    /** The layer's weights by name; what does not fit is noted as a problem. */
    Map<String, Tensor> match(LayerEntry entry, LayerConfig config, List<WeightSpec> specs) {
        List<StoredWeight> stored = store.claim(entry);
        StoredLayout layout = StoredLayout.of(file, entry, config, stored.size());
        List<WeightSpec> expected = layout.stored(specs);
        if (stored.size() != expected.size()) {
            problem(
                    entry,
                    "expected " + expected.size() + " weights "
                            + expected.stream().map(WeightSpec::name).toList() + "; the file has " + stored.size() + " "
                            + stored.stream().map(StoredWeight::path).toList());
            return Map.of();
        }
        List<StoredWeight> ordered = byName(expected, stored).orElse(stored);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < expected.size(); i++) {
            WeightSpec spec = expected.get(i);
            if (ordered.get(i).shape().equals(spec.shape())) {
                tensors.put(spec.name(), ordered.get(i).read());
            } else {
                problem(
                        entry,
                        "weight '" + spec.name() + "': expected shape " + spec.shape() + "; the file has "
                                + ordered.get(i).shape() + " (" + ordered.get(i).path() + ")");
            }
        }
        return tensors.size() == expected.size() ? layout.convert(specs, tensors) : Map.of();
    }

    private static Optional<List<StoredWeight>> byName(List<WeightSpec> specs, List<StoredWeight> stored) {
        Map<String, StoredWeight> named = new HashMap<>();
        stored.forEach(weight -> weight.name().ifPresent(name -> named.put(name, weight)));
        boolean isComplete = named.size() == specs.size()
                && IntStream.range(0, specs.size())
                        .allMatch(i -> named.containsKey(specs.get(i).name()));
        return isComplete
                ? Optional.of(specs.stream().map(spec -> named.get(spec.name())).toList())
                : Optional.empty();
    }

    private void problem(LayerEntry entry, String message) {
        problems.invalid(Problem.ofLayer(entry.name(), entry.fileClassName(), message + ". Save the model again"));
    }
}
