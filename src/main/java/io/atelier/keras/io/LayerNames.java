package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds for the layers of a model those of a file of weights: by name, or, if the file was saved from a model whose
 * layers were all called otherwise, by order.
 */
final class LayerNames {
    private static final Logger LOG = LoggerFactory.getLogger(LayerNames.class);

    private LayerNames() {}

    /**
     * The group for each layer whose name the file does not have; empty if layers are matched by name.
     *
     * @param source named in messages
     * @param stored the layers of the file, in its order
     * @throws InvalidModelException if not even their number is the same
     */
    static Map<String, String> match(String source, List<String> stored, List<LayerEntry> layers) {
        List<String> wanted = layers.stream()
                .filter(layer -> !layer.className().equals("InputLayer"))
                .map(LayerEntry::name)
                .toList();
        Set<String> common = new HashSet<>(stored);
        common.retainAll(wanted);
        if (!common.isEmpty() || wanted.isEmpty()) {
            return Map.of();
        }
        Set<String> inputs = layers.stream()
                .filter(layer -> layer.className().equals("InputLayer"))
                .map(LayerEntry::name)
                .collect(Collectors.toSet());
        List<String> rest =
                stored.stream().filter(name -> !inputs.contains(name)).toList();
        if (rest.size() != wanted.size()) {
            throw new InvalidModelException(
                    source,
                    "none of its " + rest.size() + " layers has the name of one of the model's " + wanted.size() + ": "
                            + ConfigReader.brief(rest) + " and " + ConfigReader.brief(wanted)
                            + ". Are these the weights of another model?");
        }
        Map<String, String> groups = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            groups.put(wanted.get(i), rest.get(i));
        }
        LOG.warn(
                "{}: none of its layers has the name of one of the model's, so they are matched by order: {}. Shapes"
                        + " are checked, but so is nothing else: compare what the model computes",
                source,
                ConfigReader.brief(groups));
        return groups;
    }
}
