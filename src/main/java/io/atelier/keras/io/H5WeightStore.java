package io.atelier.keras.io;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The weights of a whole-model {@code .h5}: a group for each layer, whose attribute {@code weight_names} lists its
 * datasets in the order of {@code layer.weights}.
 */
final class H5WeightStore implements WeightStore {
    private static final char REPLACEMENT = '\uFFFD';

    private final Hdf5 file;
    private final String root;
    private final Set<String> unclaimed;

    /** The groups of the layers whose names are others. */
    private final Map<String, String> groups;

    /** The weights of a whole model, whose groups have the names of the layers. */
    H5WeightStore(Hdf5 file, String root) {
        this(file, root, Map.of());
    }

    /**
     * The weights of a file of their own.
     *
     * @param groups for each layer whose name the file does not have, the group that holds its weights
     */
    H5WeightStore(Hdf5 file, String root, Map<String, String> groups) {
        this.file = file;
        this.root = root;
        this.groups = groups;
        this.unclaimed = new LinkedHashSet<>(file.datasets(root));
    }

    /** Where a file of Keras 1 or 2 has its weights; empty if it has none. */
    static Optional<String> root(Hdf5 file) {
        return Stream.of("", "model_weights")
                .filter(group -> !file.texts(group, "layer_names").isEmpty())
                .findFirst();
    }

    private String within(String group) {
        return root.isEmpty() ? group : root + "/" + group;
    }

    @Override
    public List<StoredWeight> claim(LayerEntry layer) {
        String group = within(groups.getOrDefault(layer.name(), layer.name()));
        List<StoredWeight> weights = new ArrayList<>();
        for (String name : file.texts(group, "weight_names")) {
            String path = path(group, name);
            weights.add(new StoredWeight(path, Optional.of(lastName(name)), file.shape(path), file));
            unclaimed.remove(path);
        }
        return weights;
    }

    /**
     * The path of a dataset that {@code weight_names} lists. h5py declares those names as ASCII, so that each byte of
     * any other character comes out as U+FFFD; the names of the datasets themselves are read rightly.
     */
    private String path(String group, String name) {
        String listed = group + "/" + name;
        if (name.indexOf(REPLACEMENT) < 0) {
            return listed;
        }
        List<String> candidates = file.datasets(group).stream()
                .filter(path -> asAscii(path.substring(group.length() + 1)).equals(name))
                .toList();
        return candidates.size() == 1 ? candidates.get(0) : listed;
    }

    private static String asAscii(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.US_ASCII);
    }

    /** {@code kernel} of {@code sequential/conv2d/kernel} (Keras 3) and of {@code conv2d/kernel:0} (Keras 2). */
    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceAll(":\\d+$", "");
    }

    @Override
    public List<String> unclaimed() {
        return List.copyOf(unclaimed);
    }
}
