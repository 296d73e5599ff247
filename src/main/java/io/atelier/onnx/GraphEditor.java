package io.atelier.onnx;

import com.google.protobuf.ByteString;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A graph that can be changed. New float constants are held in double, and rounded once, when it is built again. */
final class GraphEditor {
    /** A float constant; its values are decoded when they are asked for. */
    record Constant(List<Long> dims, Supplier<double[]> decoder) {
        double[] values() {
            return decoder.get();
        }

        long valueCount() {
            return dims.stream().reduce(1L, Math::multiplyExact);
        }
    }

    private final GraphProto original;
    private final List<NodeProto> nodes;
    private final Map<String, TensorProto> constants = new LinkedHashMap<>();
    private final Map<String, Constant> newConstants = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, NodeProto> producers = new HashMap<>();
    private final Map<String, List<NodeProto>> consumers = new HashMap<>();

    GraphEditor(GraphProto graph) {
        this.original = graph;
        this.nodes = new ArrayList<>(graph.getNodeList());
        graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
        names.addAll(constants.keySet());
        graph.getInputList().forEach(input -> names.add(input.getName()));
        graph.getNodeList().forEach(node -> names.addAll(node.getOutputList()));
        index();
    }

    private static double[] doubles(TensorProto tensor) {
        FloatBuffer buffer = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        double[] values = new double[buffer.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = buffer.get(i);
        }
        return values;
    }

    private void index() {
        producers.clear();
        consumers.clear();
        for (NodeProto node : nodes) {
            node.getOutputList().forEach(output -> producers.put(output, node));
            node.getInputList()
                    .forEach(input -> consumers
                            .computeIfAbsent(input, name -> new ArrayList<>())
                            .add(node));
        }
    }

    /** The nodes, each after those whose outputs it takes. */
    List<NodeProto> nodes() {
        return List.copyOf(nodes);
    }

    Optional<NodeProto> producer(String tensor) {
        return Optional.ofNullable(producers.get(tensor));
    }

    boolean isOutput(String tensor) {
        return original.getOutputList().stream()
                .anyMatch(output -> output.getName().equals(tensor));
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
                        .map(proto -> new Constant(proto.getDimsList(), () -> doubles(proto))));
    }

    /** A constant of int64. */
    Optional<TensorProto> integers(String tensor) {
        return Optional.ofNullable(constants.get(tensor))
                .filter(proto -> proto.getDataType() == TensorProto.DataType.INT64.getNumber());
    }

    /** Adds a float constant and gives its name. */
    String add(String wanted, List<Long> dims, double[] values) {
        String name = free(wanted);
        newConstants.put(name, new Constant(dims, () -> values));
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
                        .setRawData(ByteString.copyFrom(bytes.array()))
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

    void replace(NodeProto old, NodeProto... replacements) {
        int index = nodes.indexOf(old);
        nodes.remove(index);
        nodes.addAll(index, List.of(replacements));
        index();
    }

    /** Lets everything that takes one tensor take another. */
    void redirect(String from, String to) {
        UnaryOperator<String> name = input -> input.equals(from) ? to : input;
        nodes.replaceAll(node -> {
            if (!node.getInputList().contains(from)) {
                return node;
            }
            NodeProto.Builder changed = node.toBuilder().clearInput();
            node.getInputList().forEach(input -> changed.addInput(name.apply(input)));
            return changed.build();
        });
        index();
    }

    GraphProto build() {
        GraphProto.Builder graph =
                original.toBuilder().clearNode().clearInitializer().addAllNode(nodes);
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
        double[] values = constant.values();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            bytes.putFloat((float) value);
        }
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(constant.dims())
                .setRawData(ByteString.copyFrom(bytes.array()))
                .build();
    }
}
