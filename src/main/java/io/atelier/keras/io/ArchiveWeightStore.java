package io.atelier.keras.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The weights of a {@code .keras} archive: {@code layers/conv2d_1/vars/0} is the first weight of the model's second
 * Conv2D, whatever the layer is called.
 */
final class ArchiveWeightStore implements WeightStore {
    private static final String ROOT = "layers";

    private final Hdf5 file;
    private final Map<String, String> groups = new HashMap<>();
    private final Set<String> unclaimed;

    ArchiveWeightStore(Hdf5 file, List<LayerEntry> layers) {
        this.file = file;
        this.unclaimed = new LinkedHashSet<>(file.datasets(""));
        unclaimed.removeIf(path -> path.startsWith("optimizer/") || path.startsWith("_optimizer/"));
        Map<String, Integer> used = new HashMap<>();
        for (LayerEntry layer : layers) {
            String base = snakeCase(layer.fileClassName());
            int count = used.merge(base, 1, Integer::sum);
            groups.put(layer.name(), ROOT + "/" + (count == 1 ? base : base + "_" + (count - 1)));
        }
    }

    /** As {@code keras.src.utils.naming.to_snake_case}. */
    private static String snakeCase(String className) {
        return className
                .replaceAll("\\W+", "")
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public List<StoredWeight> claim(LayerEntry layer) {
        String group = groups.getOrDefault(layer.name(), ROOT);
        List<StoredWeight> weights = new ArrayList<>();
        for (int i = 0; file.hasDataset(group + "/vars/" + i); i++) {
            String path = group + "/vars/" + i;
            weights.add(new StoredWeight(path, Optional.empty(), file.shape(path), file));
            unclaimed.remove(path);
        }
        // The state of a random generator matters to training only, and Keras makes a new one where there is none.
        unclaimed.removeIf(path -> path.startsWith(group + "/seed_generator/"));
        return weights;
    }

    @Override
    public List<String> unclaimed() {
        return List.copyOf(unclaimed);
    }
}
