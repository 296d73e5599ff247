package io.atelier.onnx;

import io.atelier.onnx.proto.AttributeProto;
import io.atelier.onnx.proto.NodeProto;
import io.atelier.onnx.proto.TensorProto;
import io.atelier.onnx.proto.TensorShapeProto;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Transposes that need not be. */
final class TransposeRules {
    /** Operators of which the output's second axis is that of the first input. */
    private static final Set<String> KEEP_CHANNELS = Set.of(
            "Relu",
            "LeakyRelu",
            "Elu",
            "Selu",
            "Sigmoid",
            "Tanh",
            "Softplus",
            "Softsign",
            "Clip",
            "MaxPool",
            "AveragePool",
            "GlobalMaxPool",
            "GlobalAveragePool");

    private TransposeRules() {}

    /** Two in a row become one, or none. */
    static boolean merge(GraphEditor graph, NodeProto node) {
        if (!node.getOpType().equals("Transpose")) {
            return false;
        }
        List<Long> order = order(node);
        Optional<NodeProto> before = graph.producer(node.getInput(0))
                .filter(producer -> producer.getOpType().equals("Transpose"));
        if (before.isPresent()) {
            List<Long> first = order(before.get());
            List<Long> both =
                    order.stream().map(axis -> first.get(axis.intValue())).toList();
            graph.replace(
                    node,
                    node.toBuilder()
                            .setInput(0, before.get().getInput(0))
                            .clearAttribute()
                            .addAttribute(OnnxGraph.ints(
                                    "perm",
                                    both.stream().mapToLong(Long::longValue).toArray()))
                            .build());
            return true;
        }
        if (IntStream.range(0, order.size()).allMatch(i -> order.get(i) == i)) {
            graph.replace(
                    node,
                    node.toBuilder().setOpType("Identity").clearAttribute().build());
            return true;
        }
        return false;
    }

    /** Several branches take the same one. */
    static boolean share(GraphEditor graph, NodeProto node) {
        if (!node.getOpType().equals("Transpose") || graph.isOutput(node.getOutput(0))) {
            return false;
        }
        Optional<NodeProto> same = graph.consumers(node.getInput(0)).stream()
                .filter(other -> other.getOpType().equals("Transpose") && graph.isBefore(other, node))
                .filter(other -> order(other).equals(order(node)))
                .findFirst();
        same.ifPresent(other -> {
            graph.replace(node);
            graph.redirect(node.getOutput(0), other.getOutput(0));
        });
        return same.isPresent();
    }

    /** The only channel of the graph's input need not be moved: a Reshape copies nothing. */
    static boolean reshapeOneChannel(GraphEditor graph, NodeProto node) {
        if (!node.getOpType().equals("Transpose") || !movesChannelsFirst(order(node))) {
            return false;
        }
        List<TensorShapeProto.Dimension> axes = graph.input(node.getInput(0))
                .map(input -> input.getType().getTensorType().getShape().getDimList())
                .orElse(List.of());
        int rank = axes.size();
        if (rank < 3
                || axes.get(rank - 1).getDimValue() != 1
                || axes.subList(1, rank).stream().anyMatch(axis -> axis.getDimValue() == 0)) {
            return false;
        }
        long[] shape = new long[rank]; // 0 keeps the batch axis
        shape[1] = 1;
        for (int i = 2; i < rank; i++) {
            shape[i] = axes.get(i - 1).getDimValue();
        }
        graph.replace(
                node,
                node.toBuilder()
                        .setOpType("Reshape")
                        .clearAttribute()
                        .addInput(graph.add(node.getName() + "/shape", shape))
                        .build());
        return true;
    }

    /** A Transpose that only brings the channels last for a Flatten and a Dense: the kernel's rows move instead. */
    static boolean intoKernel(GraphEditor graph, NodeProto node) {
        Optional<Linear> linear = Linear.of(graph, node).filter(found -> !found.isConvolution());
        Optional<NodeProto> reshape =
                graph.onlyFor(node.getInput(0), "Reshape").filter(found -> flattens(graph, found));
        if (linear.isEmpty() || reshape.isEmpty()) {
            return false;
        }
        Optional<NodeProto> transpose =
                graph.onlyFor(reshape.get().getInput(0), "Transpose").filter(found -> movesChannelsLast(order(found)));
        OptionalInt channels =
                transpose.map(found -> channels(graph, found.getInput(0))).orElse(OptionalInt.empty());
        if (channels.isEmpty() || linear.get().inputs() % channels.getAsInt() != 0) {
            return false;
        }
        int positions = linear.get().inputs() / channels.getAsInt();
        int count = channels.getAsInt();
        graph.redirect(reshape.get().getInput(0), transpose.orElseThrow().getInput(0));
        linear.get().withRows(row -> row % positions * count + row / positions).write(graph, node, node.getOutput(0));
        return true;
    }

    private static boolean flattens(GraphEditor graph, NodeProto reshape) {
        return graph.integers(reshape.getInput(1))
                .filter(target -> longs(target).equals(LongBuffer.wrap(new long[] {0, -1})))
                .isPresent();
    }

    private static LongBuffer longs(TensorProto tensor) {
        return tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
    }

    private static OptionalInt channels(GraphEditor graph, String tensor) {
        Optional<NodeProto> producer = graph.producer(tensor);
        if (producer.isEmpty()) {
            return OptionalInt.empty();
        }
        NodeProto node = producer.get();
        if (KEEP_CHANNELS.contains(node.getOpType())) {
            return channels(graph, node.getInput(0));
        }
        return Linear.of(graph, node)
                .filter(Linear::isConvolution)
                .map(linear -> OptionalInt.of(linear.outputs()))
                .orElse(OptionalInt.empty());
    }

    static List<Long> order(NodeProto transpose) {
        return transpose.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("perm"))
                .map(AttributeProto::getIntsList)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a Transpose without perm: " + transpose.getName()));
    }

    private static boolean movesChannelsLast(List<Long> order) {
        List<Long> expected = new ArrayList<>(List.of(0L));
        for (long axis = 2; axis < order.size(); axis++) {
            expected.add(axis);
        }
        expected.add(1L);
        return order.equals(expected);
    }

    private static boolean movesChannelsFirst(List<Long> order) {
        List<Long> expected = new ArrayList<>(List.of(0L, order.size() - 1L));
        for (long axis = 1; axis < order.size() - 1; axis++) {
            expected.add(axis);
        }
        return order.equals(expected);
    }
}
