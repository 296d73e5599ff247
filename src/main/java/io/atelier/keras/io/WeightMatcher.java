package io.atelier.keras.io;

import io.atelier.keras.Problem;
import io.atelier.keras.Tensor;
import io.atelier.keras.io.WeightStore.StoredWeight;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Shape;
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
        Map<String, Tensor> weights = new LinkedHashMap<>();
        if (stored.size() != specs.size()) {
            problem(
                    entry,
                    "expected " + specs.size() + " weights "
                            + specs.stream().map(WeightSpec::name).toList() + "; the file has " + stored.size() + " "
                            + stored.stream().map(StoredWeight::path).toList());
            return weights;
        }
        List<StoredWeight> ordered = byName(specs, stored).orElse(stored);
        LegacyKernels legacy = LegacyKernels.of(file, config);
        for (int i = 0; i < specs.size(); i++) {
            WeightSpec spec = specs.get(i);
            Shape expected = legacy.storedShape(spec);
            if (ordered.get(i).shape().equals(expected)) {
                weights.put(spec.name(), legacy.convert(spec, ordered.get(i).read()));
            } else {
                problem(
                        entry,
                        "weight '" + spec.name() + "': expected shape " + expected + "; the file has "
                                + ordered.get(i).shape() + " (" + ordered.get(i).path() + ")");
            }
        }
        return weights;
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
