package io.atelier.plot;

import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.TensorRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is drawn: a node for each call of a layer, in an order in which data flows, and an edge from each to those that
 * take what it gives.
 */
record PlotGraph(List<Node> nodes, List<Edge> edges) {
    /**
     * A call of a layer.
     *
     * @param title {@code conv2d (Conv2D)}
     * @param cells the shapes taken and given; empty if they are not shown
     */
    record Node(String title, List<String> cells) {}

    /** From one node to another, by their places in the list of nodes. */
    record Edge(int from, int to) {}

    static PlotGraph of(KerasModel model, PlotOptions options) {
        OuterGraph outer = new OuterGraph(model);
        List<Node> nodes = new ArrayList<>();
        Set<Edge> edges = new LinkedHashSet<>();
        Map<String, Integer> places = new HashMap<>();
        for (LayerCall call : options.expandsNested() ? model.calls() : outer.calls()) {
            int place = nodes.size();
            places.put(key(call.output(0)), place);
            nodes.add(node(model, outer, call, options));
            for (TensorRef input : call.inputs()) {
                edges.add(new Edge(places.getOrDefault(key(input), place), place));
            }
        }
        return new PlotGraph(List.copyOf(nodes), List.copyOf(edges));
    }

    private static String key(TensorRef tensor) {
        return tensor.node() + " " + tensor.layer();
    }

    private static Node node(KerasModel model, OuterGraph outer, LayerCall call, PlotOptions options) {
        String number = outer.count(call) > 1 ? ", call " + (call.node() + 1) : "";
        String title = call.layer() + " (" + outer.className(call) + number + ")";
        if (!options.showsShapes()) {
            return new Node(title, List.of());
        }
        List<TensorRef> taken = call.inputs().stream().map(outer::inner).toList();
        List<TensorRef> given = outer.outputs(call).isEmpty() ? outputs(model, call, taken) : outer.outputs(call);
        String gives = "Output shape: " + shapes(model, given);
        return new Node(
                title, taken.isEmpty() ? List.of(gives) : List.of("Input shape: " + shapes(model, taken), gives));
    }

    private static List<TensorRef> outputs(KerasModel model, LayerCall call, List<TensorRef> taken) {
        int count = model.layer(call.layer())
                .config()
                .outputShapes(taken.stream().map(model::shape).toList())
                .size();
        List<TensorRef> outputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            outputs.add(call.output(i));
        }
        return outputs;
    }

    private static String shapes(KerasModel model, List<TensorRef> tensors) {
        return tensors.size() == 1
                ? model.shape(tensors.get(0)).toString()
                : tensors.stream().map(ref -> model.shape(ref).toString()).collect(Collectors.joining(", ", "[", "]"));
    }
}
