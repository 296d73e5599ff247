package io.atelier.serve.models;

import java.util.List;
import java.util.Map;

/**
 * The models that are to be served.
 *
 * @param specs in any order, no two with one key
 * @param labels the version that each label stands for
 */
public record ModelList(List<ModelSpec> specs, Map<VersionLabel, Long> labels) {
    /**
     * Checks the labels.
     *
     * @throws IllegalArgumentException if one stands for a model or version that is not in the list, or has other
     *     characters than letters, digits, {@code .}, {@code _} and {@code -}, or over 128
     */
    public ModelList {
        specs = List.copyOf(specs);
        labels = Map.copyOf(labels);
        List<ModelKey> keys = specs.stream().map(ModelSpec::key).toList();
        labels.forEach((label, version) -> {
            ModelKey.checkName("a label", label.label());
            if (!keys.contains(label.key(version))) {
                throw new IllegalArgumentException("the label " + label + " stands for " + label.key(version)
                        + ", which is not among the models; expected one of " + keys);
            }
        });
    }

    /** Models whose versions have no labels. */
    public ModelList(List<ModelSpec> specs) {
        this(specs, Map.of());
    }
}
