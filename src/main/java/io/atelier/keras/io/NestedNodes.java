package io.atelier.keras.io;

import io.atelier.keras.KerasModel.Kind;
import io.atelier.keras.TensorRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the calls of nested models from 0, as those of all other layers.
 *
 * <p>Keras 1 and 2 count them from 1, because building the model was its first call; Keras 3 does so for the outputs of a
 * model around a Functional one. Source: get_network_config in tf_keras/src/engine/functional.py, get_config in
 * keras/src/models/functional.py.
 */
final class NestedNodes {
    private final int majorVersion;
    private final Map<String, LayerEntry> nested = new HashMap<>();

    NestedNodes(int majorVersion, List<LayerEntry> layers) {
        this.majorVersion = majorVersion;
        layers.stream()
                .filter(layer ->
                        layer.nested().isPresent() && !layer.className().equals("TimeDistributed"))
                .forEach(layer -> nested.put(layer.name(), layer));
    }

    /** The layers of a graph, with what they take counted from 0. */
    List<LayerEntry> layers(List<LayerEntry> layers) {
        if (nested.isEmpty()) {
            return layers;
        }
        Map<String, Integer> first = new HashMap<>();
        List<TensorRef> taken = layers.stream()
                .flatMap(layer -> layer.calls().stream().flatMap(List::stream))
                .toList();
        nested.forEach((name, layer) -> first.put(name, first(layer, taken, majorVersion < 3 ? 1 : 0)));
        return layers.stream()
                .map(layer -> layer.withCalls(layer.calls().stream()
                        .map(inputs -> counted(inputs, first))
                        .toList()))
                .toList();
    }

    /** The outputs of a graph, counted from 0. */
    List<TensorRef> outputs(List<TensorRef> outputs) {
        Map<String, Integer> first = new HashMap<>();
        nested.forEach((name, layer) -> {
            boolean isFromOne = majorVersion < 3
                    || layer.nested()
                            .filter(model -> model.kind() == Kind.FUNCTIONAL)
                            .isPresent();
            first.put(name, first(layer, outputs, isFromOne ? 1 : 0));
        });
        return counted(outputs, first);
    }

    /** Which number the first call has: the usual one, unless the tensors that are named say otherwise. */
    private static int first(LayerEntry layer, List<TensorRef> tensors, int usual) {
        List<Integer> nodes = new ArrayList<>();
        tensors.stream()
                .filter(tensor -> tensor.layer().equals(layer.name()))
                .forEach(tensor -> nodes.add(tensor.node()));
        boolean fits = nodes.stream()
                .allMatch(node -> node >= usual && node < usual + layer.calls().size());
        return fits ? usual : 1 - usual;
    }

    private static List<TensorRef> counted(List<TensorRef> tensors, Map<String, Integer> first) {
        return tensors.stream()
                .map(tensor -> new TensorRef(
                        tensor.layer(), tensor.node() - first.getOrDefault(tensor.layer(), 0), tensor.index()))
                .toList();
    }
}
