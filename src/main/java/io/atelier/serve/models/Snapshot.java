package io.atelier.serve.models;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is served at one moment. Immutable, and replaced as a whole, so that whoever reads it sees labels and versions that
 * belong together.
 *
 * @param states every model that was found, by name and version
 * @param labels the version that each label stands for
 */
record Snapshot(NavigableMap<ModelKey, ModelState> states, Map<VersionLabel, Long> labels) {
    static final Snapshot EMPTY = new Snapshot(Collections.emptyNavigableMap(), Map.of());

    Snapshot with(ModelState state) {
        NavigableMap<ModelKey, ModelState> changed = new TreeMap<>(states);
        changed.put(state.key(), state);
        return new Snapshot(Collections.unmodifiableNavigableMap(changed), labels);
    }

    Snapshot without(ModelKey key) {
        NavigableMap<ModelKey, ModelState> changed = new TreeMap<>(states);
        changed.remove(key);
        return new Snapshot(Collections.unmodifiableNavigableMap(changed), labels);
    }

    Snapshot withLabels(Map<VersionLabel, Long> changed) {
        return new Snapshot(states, Map.copyOf(changed));
    }

    /** The versions of one model that were found, from the lowest. */
    List<ModelState> states(String name) {
        return states.values().stream()
                .filter(state -> state.key().name().equals(name))
                .toList();
    }

    /** A model that is loaded. */
    Optional<ServedModel> model(ModelKey key) {
        return Optional.ofNullable(states.get(key)).flatMap(ModelState::model);
    }

    /** The version that a label stands for; empty if there is no such label. */
    Optional<Long> version(VersionLabel label) {
        return Optional.ofNullable(labels.get(label));
    }

    /** The labels that stand for a version, in order. */
    List<String> labels(ModelKey key) {
        return labels.entrySet().stream()
                .filter(entry -> entry.getKey().key(entry.getValue()).equals(key))
                .map(entry -> entry.getKey().label())
                .sorted()
                .toList();
    }

    /** The model that answers for a name: of this version, or of the highest that is loaded. */
    Optional<ServedModel> find(String name, Optional<Long> version) {
        List<ModelState> found = states(name);
        for (int i = found.size() - 1; i >= 0; i--) {
            ModelState state = found.get(i);
            if (version.map(wanted -> wanted == state.key().version())
                    .orElse(state.model().isPresent())) {
                return state.model();
            }
        }
        return Optional.empty();
    }

    /** The model that answers for a label. */
    Optional<ServedModel> find(VersionLabel label) {
        return version(label).flatMap(version -> model(label.key(version)));
    }
}
