package io.atelier.onnx;

import io.atelier.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Normalizations and rescalings that become part of the convolution or product beside them. */
final class AffineRules {
    /** Where the tensors of a MatMul end is not known; Keras has no more axes than this. */
    private static final int ANY_RANK = 32;

    private AffineRules() {}

    /** {@code Conv, Mul, Add} becomes {@code Conv}. */
    static boolean foldFollowing(GraphEditor graph, NodeProto node) {
        Optional<Linear> found = Linear.of(graph, node);
        if (found.isEmpty()) {
            return false;
        }
        Linear linear = found.get();
        int rank = rank(linear);
        int fromRight = linear.isConvolution() ? rank - 2 : 0;
        Affine total = Affine.identity(linear.outputs());
        List<NodeProto> folded = new ArrayList<>();
        String output = node.getOutput(0);
        while (true) {
            Optional<NodeProto> next = graph.onlyConsumer(output);
            Optional<Affine> affine =
                    next.flatMap(consumer -> Affine.of(graph, consumer, fromRight, linear.outputs(), rank));
            if (affine.isEmpty()) {
                break;
            }
            total = total.then(affine.get());
            folded.add(next.orElseThrow());
            output = next.orElseThrow().getOutput(0);
        }
        // A MatMul has no bias: its own is the Add that follows it.
        boolean isBias = linear.operator().equals("MatMul")
                && folded.size() == 1
                && folded.get(0).getOpType().equals("Add");
        if (folded.isEmpty() || isBias) {
            return false;
        }
        Linear result = linear.then(total);
        if (!result.isFinite()) {
            return false;
        }
        folded.forEach(graph::replace);
        result.write(graph, node, output);
        return true;
    }

    /**
     * {@code Mul, Add, Conv} becomes {@code Conv}, through a Transpose or Reshape in between, unless something is added and
     * the convolution pads: the padding is not added to.
     */
    static boolean foldPreceding(GraphEditor graph, NodeProto node) {
        Optional<Linear> found = Linear.of(graph, node);
        if (found.isEmpty()) {
            return false;
        }
        Linear linear = found.get();
        int rank = rank(linear);
        int fromRight = linear.isConvolution() ? rank - 2 : 0;
        Affine total = Affine.identity(linear.inputs());
        List<NodeProto> folded = new ArrayList<>();
        String tensor = node.getInput(0);
        while (graph.onlyConsumer(tensor).isPresent() && graph.producer(tensor).isPresent()) {
            NodeProto producer = graph.producer(tensor).orElseThrow();
            if (producer.getOpType().equals("Transpose")) {
                List<Long> order = TransposeRules.order(producer);
                rank = order.size();
                fromRight = fromRight < 0
                        ? fromRight
                        : rank - 1 - order.get(rank - 1 - fromRight).intValue();
                tensor = producer.getInput(0);
            } else if (producer.getOpType().equals("Reshape")) {
                fromRight = -1;
                rank = ANY_RANK;
                tensor = producer.getInput(0);
            } else {
                Optional<Affine> affine = Affine.of(graph, producer, fromRight, linear.inputs(), rank);
                if (affine.isEmpty()) {
                    break;
                }
                total = affine.get().then(total);
                folded.add(producer);
                tensor = Affine.variable(graph, producer);
            }
        }
        if (folded.isEmpty()
                || (total.adds() && (linear.padsWithZeros() || linear.operator().equals("MatMul")))) {
            return false;
        }
        Linear result = linear.after(total);
        if (!result.isFinite()) {
            return false;
        }
        result.write(graph, node, node.getOutput(0));
        for (NodeProto affine : folded) {
            graph.redirect(affine.getOutput(0), Affine.variable(graph, affine));
        }
        return true;
    }

    private static int rank(Linear linear) {
        if (linear.isConvolution()) {
            return linear.rank();
        }
        return linear.operator().equals("Gemm") ? 2 : ANY_RANK;
    }
}
