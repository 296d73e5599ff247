package io.atelier.onnx;

import com.google.protobuf.UnsafeByteOperations;
import io.atelier.onnx.proto.GraphProto;
import io.atelier.onnx.proto.NodeProto;
import io.atelier.onnx.proto.TensorProto;
import io.atelier.onnx.proto.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A graph that can be changed. New float constants are computed in double, value by value, and rounded once, when it is
 * built again; so that changing a large kernel takes no memory meanwhile.
 */
final class GraphEditor {
    /**
     * A float constant.
     *
     * @param value the value at a row-major index, computed when it is asked for
     */
    record Constant(List<Long> dims, IntToDoubleFunction value) {
        double at(int index) {
            return value.applyAsDouble(index);
        }

        double[] values() {
            return indices().mapToDouble(value).toArray();
        }

        IntStream indices() {
            return IntStream.range(0, valueCount());
        }

        int valueCount() {
            return Math.toIntExact(dims.stream().reduce(1L, Math::multiplyExact));
        }
    }

    private final GraphProto original;
    private final Set<String> outputs = new HashSet<>();
    /** What stands in the place of each of the original nodes, in their order. */
    private final List<List<NodeProto>> places = new ArrayList<>();
    /** The place of the node that makes a tensor. */
    private final Map<String, Integer> placeOf = new HashMap<>();

    private final Map<String, NodeProto> producers = new HashMap<>();
    private final Map<String, List<NodeProto>> consumers = new HashMap<>();
    private final Map<String, TensorProto> constants = new LinkedHashMap<>();
    private final Map<String, Constant> newConstants = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    GraphEditor(GraphProto graph) {
        this.original = graph;
        graph.getOutputList().forEach(output -> outputs.add(output.getName()));
        graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
        names.addAll(constants.keySet());
        graph.getInputList().forEach(input -> names.add(input.getName()));
        for (NodeProto node : graph.getNodeList()) {
            places.add(new ArrayList<>(1));
            insert(places.size() - 1, 0, node);
        }
    }

    private void insert(int place, int index, NodeProto node) {
        places.get(place).add(index, node);
        for (String output : node.getOutputList()) {
            names.add(output);
            producers.put(output, node);
            placeOf.put(output, place);
        }
        node.getInputList().stream()
                .distinct()
                .forEach(input -> consumers
                        .computeIfAbsent(input, name -> new ArrayList<>(1))
                        .add(node));
    }

    private void forget(NodeProto node) {
        node.getOutputList().forEach(producers::remove);
        node.getInputList()
                .forEach(input -> consumers.computeIfPresent(input, (name, nodes) -> {
                    nodes.remove(node);
                    return nodes.isEmpty() ? null : nodes;
                }));
    }

    private static IntToDoubleFunction decoded(TensorProto tensor) {
        FloatBuffer buffer = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        return buffer::get;
    }

    /** The nodes, each after those whose outputs it takes. */
    List<NodeProto> nodes() {
        return places.stream().flatMap(List::stream).toList();
    }

    /** Whether a node is still there as it is. */
    boolean has(NodeProto node) {
        return producer(node.getOutput(node.getOutputCount() - 1))
                .filter(node::equals)
                .isPresent();
    }

    /** Whether one node comes before another that was not made by the same change. */
    boolean isBefore(NodeProto first, NodeProto second) {
        return place(first) < place(second);
    }

    private int place(NodeProto node) {
        return Objects.requireNonNull(placeOf.get(node.getOutput(node.getOutputCount() - 1)), node::getName);
    }

    Optional<NodeProto> producer(String tensor) {
        return Optional.ofNullable(producers.get(tensor));
    }

    /** Those that take a tensor, in no order. */
    List<NodeProto> consumers(String tensor) {
        return List.copyOf(consumers.getOrDefault(tensor, List.of()));
    }

    boolean isOutput(String tensor) {
        return outputs.contains(tensor);
    }

    Optional<ValueInfoProto> input(String tensor) {
        return original.getInputList().stream()
                .filter(input -> input.getName().equals(tensor))
                .findFirst();
    }

    boolean isUnused(String tensor) {
        return !isOutput(tensor) && !consumers.containsKey(tensor);
    }

    /** The one place where a tensor is used; empty if there are several, or it is an output of the graph. */
    Optional<NodeProto> onlyConsumer(String tensor) {
        List<NodeProto> all = consumers.getOrDefault(tensor, List.of());
        return isOutput(tensor) || all.size() != 1 ? Optional.empty() : Optional.of(all.get(0));
    }

    /** What makes a tensor, if that is a node of this operator and nothing else uses the tensor. */
    Optional<NodeProto> onlyFor(String tensor, String operator) {
        return producer(tensor)
                .filter(node -> node.getOpType().equals(operator))
                .filter(node -> onlyConsumer(tensor).isPresent());
    }

    Optional<Constant> constant(String tensor) {
        return Optional.ofNullable(newConstants.get(tensor))
                .or(() -> Optional.ofNullable(constants.get(tensor))
                        .filter(proto -> proto.getDataType() == TensorProto.DataType.FLOAT.getNumber())
                        .map(proto -> new Constant(proto.getDimsList(), decoded(proto))));
    }

    /** A constant of int64. */
    Optional<TensorProto> integers(String tensor) {
        return Optional.ofNullable(constants.get(tensor))
                .filter(proto -> proto.getDataType() == TensorProto.DataType.INT64.getNumber());
    }

    /** Adds a float constant and gives its name. */
    String add(String wanted, Constant constant) {
        String name = free(wanted);
        newConstants.put(name, constant);
        return name;
    }

    /** Adds a list of integers and gives its name. */
    String add(String wanted, long... values) {
        String name = free(wanted);
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        constants.put(
                name,
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(TensorProto.DataType.INT64.getNumber())
                        .addDims(values.length)
                        .setRawData(UnsafeByteOperations.unsafeWrap(bytes.array()))
                        .build());
        return name;
    }

    /** A name that nothing else in the graph has. */
    String free(String wanted) {
        String name = wanted;
        for (int i = 2; !names.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    /** Puts nodes in the place of one. */
    void replace(NodeProto old, NodeProto... replacements) {
        int place = place(old);
        int index = places.get(place).indexOf(old);
        places.get(place).remove(index);
        forget(old);
        for (int i = 0; i < replacements.length; i++) {
            insert(place, index + i, replacements[i]);
        }
    }

    /** Lets everything that takes one tensor take another. */
    void redirect(String from, String to) {
        for (NodeProto node : consumers(from)) {
            NodeProto.Builder changed = node.toBuilder().clearInput();
            node.getInputList().forEach(input -> changed.addInput(input.equals(from) ? to : input));
            replace(node, changed.build());
        }
    }

    GraphProto build() {
        GraphProto.Builder graph =
                original.toBuilder().clearNode().clearInitializer().addAllNode(nodes());
        constants.forEach((name, tensor) -> {
            if (!isUnused(name)) {
                graph.addInitializer(tensor);
            }
        });
        newConstants.forEach((name, constant) -> {
            if (!isUnused(name)) {
                graph.addInitializer(tensor(name, constant));
            }
        });
        return graph.build();
    }

    private static TensorProto tensor(String name, Constant constant) {
        ByteBuffer bytes =
                ByteBuffer.allocate(constant.valueCount() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        constant.indices().forEach(index -> bytes.putFloat((float) constant.at(index)));
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(constant.dims())
                .setRawData(UnsafeByteOperations.unsafeWrap(bytes.array()))
                .build();
    }
}
