package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.layer.WeightSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    private final List<String> nestedModels;
    private final Map<String, List<WeightSpec>> expected = new LinkedHashMap<>();
    /** What each layer of a nested model has, by nested model. */
    private final Map<String, Map<String, List<StoredWeight>>> divided = new HashMap<>();

    /** The weights of a whole model, whose groups have the names of the layers. */
    H5WeightStore(Hdf5 file, String root, List<LayerEntry> layers) {
        this(file, root, layers, Map.of());
    }

    /**
     * The weights of a file of their own.
     *
     * @param layers of the model, some of which may be models: those have one group for all that is in them
     * @param groups for each layer whose name the file does not have, the group that holds its weights
     */
    H5WeightStore(Hdf5 file, String root, List<LayerEntry> layers, Map<String, String> groups) {
        this.file = file;
        this.root = root;
        this.groups = groups;
        this.nestedModels = layers.stream()
                .filter(layer -> layer.nested().isPresent())
                .map(LayerEntry::name)
                .toList();
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
    public void expect(Map<String, List<WeightSpec>> weights) {
        expected.putAll(weights);
    }

    @Override
    public List<StoredWeight> claim(LayerEntry layer) {
        return nestedModels.stream()
                .filter(model -> layer.name().startsWith(model + "/"))
                .findFirst()
                .map(model -> divided.computeIfAbsent(model, this::divide).getOrDefault(layer.name(), List.of()))
                .orElseGet(() -> claimGroup(layer.name()));
    }

    private List<StoredWeight> claimGroup(String layer) {
        String group = within(groups.getOrDefault(layer, layer));
        List<StoredWeight> weights = new ArrayList<>();
        for (String name : file.texts(group, "weight_names")) {
            String path = path(group, name);
            weights.add(new StoredWeight(path, Optional.of(lastName(name)), file.shape(path), file));
            unclaimed.remove(path);
        }
        return weights;
    }

    /** Hands the weights of a nested model to its layers: first all those that are trained, then all others. */
    private Map<String, List<StoredWeight>> divide(String model) {
        List<StoredWeight> stored = claimGroup(model);
        Map<String, List<WeightSpec>> layers = new LinkedHashMap<>(expected);
        layers.keySet().removeIf(layer -> !layer.startsWith(model + "/"));
        int count = layers.values().stream().mapToInt(List::size).sum();
        if (stored.size() != count) {
            throw new InvalidModelException(
                    file.source(),
                    "the nested model '" + model + "' has " + count + " weights; the file has " + stored.size() + " "
                            + ConfigReader.brief(stored.stream()
                                    .map(StoredWeight::path)
                                    .toList()
                                    .toString())
                            + ". Save the model again");
        }
        Map<String, List<StoredWeight>> divided = new HashMap<>();
        Iterator<StoredWeight> next = stored.iterator();
        for (boolean trainable : new boolean[] {true, false}) {
            layers.forEach((layer, weights) -> weights.stream()
                    .filter(weight -> weight.trainable() == trainable)
                    .forEach(weight -> divided.computeIfAbsent(layer, name -> new ArrayList<>())
                            .add(next.next())));
        }
        checkNames(model, layers, divided);
        return divided;
    }

    /** Weights of the same shape may be exchanged, but not those of different names. */
    private void checkNames(
            String model, Map<String, List<WeightSpec>> layers, Map<String, List<StoredWeight>> divided) {
        Set<String> known = layers.values().stream()
                .flatMap(List::stream)
                .map(weight -> lastName(weight.name()))
                .collect(Collectors.toSet());
        divided.forEach((layer, stored) -> {
            Set<String> wanted = layers.getOrDefault(layer, List.of()).stream()
                    .map(weight -> lastName(weight.name()))
                    .collect(Collectors.toSet());
            for (StoredWeight weight : stored) {
                String name = weight.name().orElse("");
                if (known.contains(name) && !wanted.contains(name)) {
                    throw new InvalidModelException(
                            file.source(),
                            "the weights of the nested model '" + model + "' are in another order than Keras's: layer '"
                                    + layer + "' would get " + weight.path() + ". Save the model again");
                }
            }
        });
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
