package io.atelier.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.atelier.keras.MaskRules;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import io.atelier.onnx.proto.AttributeProto;
import io.atelier.onnx.proto.AttributeProto.AttributeType;
import io.atelier.onnx.proto.GraphProto;
import io.atelier.onnx.proto.NodeProto;
import io.atelier.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** An ONNX graph in the making: nodes and constants, each under a name of its own. */
final class OnnxGraph {
    private final GraphProto.Builder graph;
    private final Map<String, Integer> uses;

    private final MaskRules maskRules;

    OnnxGraph(String name, MaskRules maskRules) {
        this(name, maskRules, new HashMap<>());
    }

    private OnnxGraph(String name, MaskRules maskRules, Map<String, Integer> uses) {
        this.graph = GraphProto.newBuilder().setName(name);
        this.maskRules = maskRules;
        this.uses = uses;
    }

    /** A graph inside of this one, such as the body of a loop; no name stands in both. */
    OnnxGraph inner(String name) {
        return new OnnxGraph(name, maskRules, uses);
    }

    /** How masks go from layer to layer. */
    MaskRules maskRules() {
        return maskRules;
    }

    /** What has been put together so far. */
    GraphProto.Builder proto() {
        return graph;
    }

    /** A name that nothing else in the graph has. */
    String unique(String wanted) {
        int count = uses.merge(wanted, 1, Integer::sum);
        return count == 1 ? wanted : unique(wanted + "_" + count);
    }

    /** Adds a node with one output and gives the output's name. */
    String node(String operator, String name, List<String> inputs, AttributeProto... attributes) {
        return nodes(operator, List.of(name), inputs, attributes).get(0);
    }

    /** Adds a node with several outputs and gives their names; an output without a name is not computed. */
    List<String> nodes(String operator, List<String> names, List<String> inputs, AttributeProto... attributes) {
        List<String> outputs =
                names.stream().map(name -> name.isEmpty() ? name : unique(name)).toList();
        graph.addNode(NodeProto.newBuilder()
                .setName(outputs.get(outputs.size() - 1))
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(Arrays.asList(attributes)));
        return outputs;
    }

    /** Adds a conversion to another type of values. */
    String cast(String name, TensorProto.DataType type) {
        String typed = name + "/" + type.name().toLowerCase(Locale.ROOT);
        return node("Cast", typed, List.of(name), integer("to", type.getNumber()));
    }

    /** Adds flags that say where values are not 0, in the same shape. */
    Value flags(Value value) {
        return Value.of(cast(kerasLayout(value).name(), TensorProto.DataType.BOOL), value.shape());
    }

    /** Adds flags that are true where one of these flags along the last axis is. */
    String any(String flags, boolean keepdims) {
        String numbers = cast(flags, TensorProto.DataType.FLOAT);
        String largest = node(
                "ReduceMax",
                flags + "/max",
                List.of(numbers, integers(flags + "/last", -1)),
                integer("keepdims", keepdims ? 1 : 0));
        return node("Greater", flags + "/any", List.of(largest, constant(flags + "/zero", 0)));
    }

    /** Adds a constant of float32 and gives its name. */
    String constant(String name, Tensor tensor) {
        ByteBuffer bytes =
                ByteBuffer.allocate(tensor.valueCount() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.buffer());
        return initializer(name, TensorProto.DataType.FLOAT, tensor.shape().toArray(), bytes);
    }

    /** Adds a constant of one float and gives its name. */
    String constant(String name, double value) {
        return constant(name, Tensor.of(Shape.of(), (float) value));
    }

    /** Adds a constant list of int64, such as a shape or axes, and gives its name. */
    String integers(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return initializer(name, TensorProto.DataType.INT64, new int[] {values.length}, bytes);
    }

    private String initializer(String name, TensorProto.DataType type, int[] shape, ByteBuffer bytes) {
        String unique = unique(name);
        graph.addInitializer(TensorProto.newBuilder()
                .setName(unique)
                .setDataType(type.getNumber())
                .addAllDims(Arrays.stream(shape).asLongStream().boxed().toList())
                .setRawData(UnsafeByteOperations.unsafeWrap(bytes.array())));
        return unique;
    }

    /** The value with the channels where ONNX wants them. */
    Value channelsFirst(Value value) {
        if (value.isChannelsFirst()) {
            return value;
        }
        int rank = value.shape().rank();
        long[] order = LongStream.concat(LongStream.of(0, rank - 1), LongStream.range(1, rank - 1))
                .toArray();
        return new Value(transpose(value.name(), order), value.shape(), true, value.mask());
    }

    /** The value in Keras's layout. */
    Value kerasLayout(Value value) {
        if (!value.isChannelsFirst()) {
            return value;
        }
        int rank = value.shape().rank();
        long[] order = IntStream.range(0, rank).mapToLong(value::axis).toArray();
        return new Value(transpose(value.name(), order), value.shape(), false, value.mask());
    }

    private String transpose(String name, long... order) {
        return node("Transpose", name + "/transposed", List.of(name), ints("perm", order));
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto number(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    static AttributeProto ints(String name, long... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INTS)
                .addAllInts(Arrays.stream(values).boxed().toList())
                .build();
    }

    static AttributeProto ints(String name, List<Integer> values) {
        return ints(name, values.stream().mapToLong(Integer::longValue).toArray());
    }

    static AttributeProto numbers(String name, List<Float> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOATS)
                .addAllFloats(values)
                .build();
    }

    static AttributeProto texts(String name, List<String> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRINGS)
                .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList())
                .build();
    }

    static AttributeProto body(String name, OnnxGraph body) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.GRAPH)
                .setG(body.graph)
                .build();
    }

    static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }
}
