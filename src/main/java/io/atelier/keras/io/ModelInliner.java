package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.LayerCall;
import io.atelier.keras.NestedModel;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.MaskRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the layers of nested models in the place of the models, so that what is left is one graph. A layer of a model that
 * is called several times is called as often, with the calls of the first copy first.
 */
final class ModelInliner {
    private final String source;
    private final int maxCalls;
    private final List<LayerEntry> flat = new ArrayList<>();
    private final List<NestedModel> nestedModels = new ArrayList<>();
    /** Tensors that are others under another name: what a nested model gives, and what its InputLayers stand for. */
    private final Map<TensorRef, TensorRef> aliases = new HashMap<>();

    private int callCount;

    private ModelInliner(String source, int maxCalls) {
        this.source = source;
        this.maxCalls = maxCalls;
    }

    /**
     * The flat graph.
     *
     * @param source named in exceptions
     * @param maxCalls how many calls it may have
     * @throws InvalidModelException if it has more, or a nested model is called with other than its inputs
     */
    static ModelGraph inline(ModelGraph graph, String source, int maxCalls) {
        ModelInliner inliner = new ModelInliner(source, maxCalls);
        inliner.place(graph, "", 1);
        return new ModelGraph(
                graph.name(),
                graph.kind(),
                inliner.flat.stream().map(inliner::resolve).toList(),
                graph.inputs(),
                graph.outputs().stream().map(inliner::resolve).toList(),
                inliner.nestedModels.stream().map(inliner::resolve).toList());
    }

    /** Places the layers of a graph that is there in so many copies. */
    private void place(ModelGraph graph, String prefix, int copies) {
        Map<String, Integer> callsOf = new HashMap<>();
        graph.layers().forEach(entry -> callsOf.put(entry.name(), entry.calls().size()));
        for (LayerEntry entry : graph.layers()) {
            String name = prefix + entry.name();
            List<List<TensorRef>> calls = new ArrayList<>();
            for (int copy = 0; copy < copies; copy++) {
                for (List<TensorRef> inputs : entry.calls()) {
                    int of = copy;
                    calls.add(inputs.stream()
                            .map(input -> within(input, prefix, of, callsOf))
                            .toList());
                    count();
                }
            }
            if (entry.nested().isPresent()) {
                nest(entry, name, calls, prefix.isEmpty());
            } else if (prefix.isEmpty() || !entry.className().equals("InputLayer")) {
                flat.add(entry.withCalls(calls).withName(name));
            }
        }
    }

    /** A tensor of a graph, in the terms of the whole model. */
    private static TensorRef within(TensorRef tensor, String prefix, int copy, Map<String, Integer> callsOf) {
        int node = copy * callsOf.getOrDefault(tensor.layer(), 1) + tensor.node();
        return new TensorRef(prefix + tensor.layer(), node, tensor.index());
    }

    private void nest(LayerEntry entry, String name, List<List<TensorRef>> calls, boolean isOutermost) {
        ModelGraph graph = entry.nested().orElseThrow();
        List<MaskRole> roles = entry.maskRoles();
        Map<String, Integer> callsOf = new HashMap<>();
        graph.layers().forEach(layer -> callsOf.put(layer.name(), layer.calls().size()));
        List<LayerCall> outerCalls = new ArrayList<>();
        List<List<TensorRef>> outputs = new ArrayList<>();
        for (int node = 0; node < calls.size(); node++) {
            List<TensorRef> inputs = calls.get(node);
            if (inputs.size() != graph.inputs().size() + roles.size()
                    || roles.stream()
                            .anyMatch(role -> role == MaskRole.PAIRS
                                    || role.ordinal() >= graph.inputs().size())) {
                throw new InvalidModelException(
                        source,
                        "the nested model '" + name + "' takes "
                                + graph.inputs().size() + " inputs; its call has " + inputs.size()
                                + ". The file is damaged: save the model again");
            }
            for (int i = 0; i < graph.inputs().size(); i++) {
                int index = i;
                if (roles.stream().noneMatch(role -> role.ordinal() == index)) {
                    aliases.put(within(graph.inputs().get(i), name + "/", node, callsOf), inputs.get(i));
                }
            }
            List<TensorRef> given = new ArrayList<>();
            for (int i = 0; i < graph.outputs().size(); i++) {
                given.add(within(graph.outputs().get(i), name + "/", node, callsOf));
                aliases.put(new TensorRef(name, node, i), given.get(i));
            }
            outerCalls.add(new LayerCall(name, node, inputs));
            outputs.add(given);
        }
        if (isOutermost) {
            nestedModels.add(new NestedModel(
                    name, graph.kind(), entry.className().equals("TimeDistributed"), outerCalls, outputs));
        }
        for (int i = 0; i < roles.size(); i++) {
            addMaskedInput(
                    graph.inputs().get(roles.get(i).ordinal()),
                    name,
                    calls,
                    roles.get(i),
                    graph.inputs().size() + i);
        }
        place(graph, name + "/", calls.size());
    }

    /** An input of a nested model that is given a mask: a layer that hands it on with the mask. */
    private void addMaskedInput(
            TensorRef input, String name, List<List<TensorRef>> calls, MaskRole role, int indexOfMask) {
        Map<String, @Nullable Object> options = Map.of(InboundNodes.MASKS, List.of(MaskRole.FIRST));
        flat.add(new LayerEntry(
                name + "/" + input.layer(),
                "InputLayer",
                "Identity",
                options,
                calls.stream()
                        .map(inputs -> List.of(inputs.get(role.ordinal()), inputs.get(indexOfMask)))
                        .toList()));
    }

    private void count() {
        if (++callCount > maxCalls) {
            throw new InvalidModelException(
                    source,
                    "with those of its nested models, the model has more calls of layers than ImportLimits.maxLayers="
                            + maxCalls);
        }
    }

    private TensorRef resolve(TensorRef tensor) {
        TensorRef resolved = tensor;
        for (int steps = 0; steps <= aliases.size(); steps++) {
            TensorRef next = aliases.get(resolved);
            if (next == null) {
                return resolved;
            }
            resolved = next;
        }
        throw new InvalidModelException(
                source, "the graph of layers has a cycle. The file is damaged: save the model again");
    }

    private LayerEntry resolve(LayerEntry entry) {
        return entry.withCalls(entry.calls().stream()
                .map(inputs -> inputs.stream().map(this::resolve).toList())
                .toList());
    }

    /** What it takes stays in the outer model's terms: that is how Keras shows it. */
    private NestedModel resolve(NestedModel model) {
        return new NestedModel(
                model.name(),
                model.kind(),
                model.isOfEachStep(),
                model.calls(),
                model.outputs().stream()
                        .map(outputs -> outputs.stream().map(this::resolve).toList())
                        .toList());
    }
}
