package io.atelier.onnx;

import io.atelier.onnx.proto.GraphProto;
import io.atelier.onnx.proto.ModelProto;
import io.atelier.onnx.proto.NodeProto;
import java.util.List;

/**
 * Makes a graph smaller without changing what it computes: each rule is tried at each node until none applies any more.
 * A tensor that the graph gives as an output is never folded away.
 */
final class GraphOptimizer {
    /** One way to make a graph smaller. */
    @FunctionalInterface
    interface Rule {
        /** Changes the graph at a node if it can; every change must bring the end nearer. */
        boolean apply(GraphEditor graph, NodeProto node);
    }

    private static final List<Rule> RULES = List.of(
            GraphOptimizer::dropUnused,
            GraphOptimizer::dropIdentity,
            TransposeRules::merge,
            TransposeRules::share,
            TransposeRules::reshapeOneChannel,
            TransposeRules::intoKernel,
            AffineRules::foldFollowing,
            AffineRules::foldPreceding);

    private GraphOptimizer() {}

    static ModelProto optimize(ModelProto model) {
        return model.toBuilder().setGraph(optimize(model.getGraph())).build();
    }

    private static GraphProto optimize(GraphProto original) {
        GraphEditor graph = new GraphEditor(original);
        while (changes(graph)) {
            // until nothing changes
        }
        return graph.build();
    }

    private static boolean changes(GraphEditor graph) {
        boolean isChanged = false;
        for (NodeProto node : graph.nodes()) {
            isChanged |= graph.has(node) && RULES.stream().anyMatch(rule -> rule.apply(graph, node));
        }
        return isChanged;
    }

    private static boolean dropUnused(GraphEditor graph, NodeProto node) {
        if (!node.getOutputList().stream().allMatch(graph::isUnused)) {
            return false;
        }
        graph.replace(node);
        return true;
    }

    /** An Identity stays only where an output of the graph is an input, a constant or another output of it. */
    private static boolean dropIdentity(GraphEditor graph, NodeProto node) {
        if (!node.getOpType().equals("Identity")) {
            return false;
        }
        String from = node.getInput(0);
        String to = node.getOutput(0);
        if (!graph.isOutput(to)) {
            graph.replace(node);
            graph.redirect(to, from);
            return true;
        }
        NodeProto producer = graph.producer(from).orElse(NodeProto.getDefaultInstance());
        if (graph.isOutput(from) || producer.getOutputCount() == 0) {
            return false;
        }
        graph.replace(node);
        graph.replace(
                producer,
                producer.toBuilder()
                        .setOutput(producer.getOutputList().indexOf(from), to)
                        .build());
        graph.redirect(from, to);
        return true;
    }
}
