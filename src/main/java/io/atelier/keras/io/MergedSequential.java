package io.atelier.keras.io;

import io.atelier.keras.KerasModel;
import io.atelier.keras.TensorRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Sequential of Keras 1 that begins where several models meet: {@code [Merge([left, right]), Dense(3)]}.
 *
 * <p>As in its file, the layers of those models stand in the same row as its own, after their InputLayers. Source: flattened_layers in
 * keras/models.py of Keras 1.2.2.
 */
final class MergedSequential {
    private MergedSequential() {}

    /**
     * The graph.
     *
     * @param branches the models that meet; the same one may be there twice
     * @param chain the Merge, and what follows it
     */
    static ModelGraph of(String name, List<ModelGraph> branches, List<LayerEntry> chain) {
        Map<String, LayerEntry> shared = new LinkedHashMap<>();
        Set<TensorRef> inputs = new LinkedHashSet<>();
        List<TensorRef> merged = new ArrayList<>();
        for (ModelGraph branch : branches) {
            inputs.addAll(branch.inputs());
            merged.addAll(branch.outputs());
        }
        for (boolean isInput : new boolean[] {true, false}) {
            for (ModelGraph branch : branches) {
                branch.layers().stream()
                        .filter(layer -> layer.className().equals("InputLayer") == isInput)
                        .forEach(layer -> shared.putIfAbsent(layer.name(), layer));
            }
        }
        List<LayerEntry> layers = new ArrayList<>(shared.values());
        List<TensorRef> taken = merged;
        for (LayerEntry layer : chain) {
            layers.add(layer.withCalls(List.of(taken)));
            taken = List.of(TensorRef.of(layer.name()));
        }
        return new ModelGraph(name, KerasModel.Kind.FUNCTIONAL, layers, List.copyOf(inputs), taken);
    }
}
