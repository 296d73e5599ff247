package io.atelier.keras.io;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The weights of a {@code .keras} archive: {@code layers/conv2d_1/vars/0} is the first weight of the model's second
 * Conv2D, whatever the layer is called.
 */
final class ArchiveWeightStore implements WeightStore {
    private static final String ROOT = "layers";
    /** Where Keras 2.12 to 2.14 put the layers. */
    private static final String OLD_ROOT = "_layer_checkpoint_dependencies";

    /** What Keras keeps beside the layers; of Keras 2 also what its metrics counted in the last epoch. */
    private static final List<String> NO_LAYERS = List.of("optimizer/", "_optimizer/", "metrics/");

    private static final Pattern NUMBER = Pattern.compile("_(\\d{1,9})$");

    private final Hdf5 file;
    private final Map<String, String> groups = new HashMap<>();
    private final Set<String> unclaimed;

    ArchiveWeightStore(Hdf5 file, List<LayerEntry> layers) {
        this.file = file;
        this.unclaimed = new LinkedHashSet<>(file.datasets(""));
        unclaimed.removeIf(path -> NO_LAYERS.stream().anyMatch(path::startsWith));
        if (file.hasGroup(OLD_ROOT)) {
            placeOld(layers, "", "");
        } else {
            groups.putAll(groups(layers));
        }
    }

    /** Finds the groups in the layout of Keras 2.12 to 2.14, where numbers are left out. */
    private void placeOld(List<LayerEntry> layers, String prefix, String parent) {
        Map<String, List<String>> old = numbered(file.groups(parent + OLD_ROOT));
        Map<String, Integer> used = new HashMap<>();
        for (LayerEntry layer : layers) {
            String base = baseName(layer);
            int index = used.merge(base, 1, Integer::sum) - 1;
            List<String> ofClass = old.getOrDefault(base, List.of());
            String group = parent + OLD_ROOT + "/" + (index < ofClass.size() ? ofClass.get(index) : base);
            groups.put(prefix + layer.name(), group);
            layer.nested()
                    .ifPresent(model -> placeOld(model.layers(), prefix + layer.name() + "/", ofModel(layer, group)));
        }
    }

    /** Where the groups of a nested model's layers are; within a TimeDistributed, the model is its layer. */
    private static String ofModel(LayerEntry layer, String group) {
        return layer.className().equals("TimeDistributed") ? group + "/layer/" : group + "/";
    }

    /** As the groups of all layers of a class begin. */
    private static String baseName(LayerEntry layer) {
        String className = layer.className().replace(LayerEntry.CUSTOM, "");
        return snakeCase(className.substring(className.lastIndexOf('>') + 1));
    }

    /** Where Keras 3 puts the weights of each layer, by its name among those of the whole model. */
    static Map<String, String> groups(List<LayerEntry> layers) {
        Map<String, String> groups = new LinkedHashMap<>();
        collect(layers, "", "", groups);
        return groups;
    }

    private static void collect(List<LayerEntry> layers, String prefix, String parent, Map<String, String> groups) {
        Map<String, Integer> used = new HashMap<>();
        for (LayerEntry layer : layers) {
            String base = baseName(layer);
            int index = used.merge(base, 1, Integer::sum) - 1;
            String group = parent + ROOT + "/" + (index == 0 ? base : base + "_" + index);
            groups.put(prefix + layer.name(), group);
            layer.nested()
                    .ifPresent(model ->
                            collect(model.layers(), prefix + layer.name() + "/", ofModel(layer, group), groups));
        }
    }

    /** Whether a file has weights in this layout. */
    static boolean isIn(Hdf5 file) {
        return file.hasGroup(ROOT) || file.hasGroup(OLD_ROOT);
    }

    /** The old groups of each class by rising number; numbers are left out: {@code conv2d}, {@code conv2d_2}. */
    private static Map<String, List<String>> numbered(List<String> groups) {
        return groups.stream()
                .sorted(Comparator.comparingInt(ArchiveWeightStore::number))
                .collect(Collectors.groupingBy(group -> NUMBER.matcher(group).replaceFirst("")));
    }

    private static int number(String group) {
        Matcher matcher = NUMBER.matcher(group);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** As {@code keras.src.utils.naming.to_snake_case}. */
    static String snakeCase(String className) {
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
        for (String part : LayerParts.of(layer.className(), layer.config())) {
            String variables = group + part + "/vars/";
            int first = 0;
            if (layer.className().equals("SpectralNormalization") && part.isEmpty()) {
                // The kernel of the layer within, which stands there as well.
                unclaimed.remove(variables + first);
                first++;
            }
            for (int i = first; file.hasDataset(variables + i); i++) {
                String path = variables + i;
                weights.add(new StoredWeight(path, Optional.empty(), file.shape(path), file));
                unclaimed.remove(path);
            }
        }
        // The state of a random generator matters to training only, and Keras makes a new one where there is none.
        unclaimed.removeIf(path -> path.startsWith(group + "/") && path.contains("generator/"));
        return weights;
    }

    @Override
    public List<String> unclaimed() {
        return List.copyOf(unclaimed);
    }
}
