package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.layer.AnyAlong;
import io.atelier.keras.layer.Comparison;
import io.atelier.keras.layer.ConstantLike;
import io.atelier.keras.layer.Conversion;
import io.atelier.keras.layer.ExpandDims;
import io.atelier.keras.layer.LayerOperation;
import io.atelier.keras.layer.Logic;
import io.atelier.keras.layer.Operation;
import io.atelier.onnx.proto.TensorProto.DataType;
import java.util.List;

/** Functions of keras.ops. Flags are bool only within an operation, so that any layer can take what it gives. */
final class OperationEmitters {
    private OperationEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.addGeneral(Comparison.class, OperationEmitters::comparison);
        emitters.addGeneral(Logic.class, OperationEmitters::logic);
        emitters.addGeneral(AnyAlong.class, OperationEmitters::any);
        emitters.addGeneral(ExpandDims.class, OperationEmitters::expandDims);
        emitters.addGeneral(ConstantLike.class, OperationEmitters::constantLike);
        emitters.addGeneral(Conversion.class, OperationEmitters::conversion);
        emitters.addGeneral(
                LayerOperation.class,
                (graph, layer, config, inputs) -> Emitters.emit(graph, layer.withConfig(config.layer()), inputs));
    }

    private static List<Value> comparison(OnnxGraph graph, KerasLayer layer, Comparison config, List<Value> inputs) {
        String left = graph.kerasLayout(inputs.get(0)).name();
        String right = config.number()
                .map(number -> graph.constant(layer.name() + "/number", number))
                .orElseGet(() -> graph.kerasLayout(inputs.get(1)).name());
        String operator = switch (config.kind()) {
            case EQUAL, NOT_EQUAL -> "Equal";
            case GREATER -> "Greater";
            case GREATER_EQUAL -> "GreaterOrEqual";
            case LESS -> "Less";
            case LESS_EQUAL -> "LessOrEqual";
        };
        String flags = graph.node(operator, layer.name() + "/compared", List.of(left, right));
        return numbers(
                graph,
                config.kind() == Comparison.Kind.NOT_EQUAL
                        ? graph.node("Not", layer.name() + "/differs", List.of(flags))
                        : flags,
                config,
                inputs);
    }

    private static List<Value> logic(OnnxGraph graph, KerasLayer layer, Logic config, List<Value> inputs) {
        String operator = switch (config.kind()) {
            case AND -> "And";
            case OR -> "Or";
            case NOT -> "Not";
        };
        List<String> flags =
                inputs.stream().map(input -> graph.flags(input).name()).toList();
        return numbers(graph, graph.node(operator, layer.name() + "/flags", flags), config, inputs);
    }

    private static List<Value> any(OnnxGraph graph, KerasLayer layer, AnyAlong config, List<Value> inputs) {
        String flags = graph.flags(inputs.get(0)).name();
        long[] axes = config.axes().stream().mapToLong(Integer::longValue).toArray();
        String largest = graph.node(
                "ReduceMax",
                layer.name() + "/any",
                List.of(graph.cast(flags, DataType.FLOAT), graph.integers(layer.name() + "/axes", axes)),
                OnnxGraph.integer("keepdims", config.keepdims() ? 1 : 0));
        return value(largest, config, inputs);
    }

    private static List<Value> expandDims(OnnxGraph graph, KerasLayer layer, ExpandDims config, List<Value> inputs) {
        String axis = graph.integers(layer.name() + "/axis", config.axis());
        String x = graph.kerasLayout(inputs.get(0)).name();
        return value(graph.node("Unsqueeze", layer.name() + "/expanded", List.of(x, axis)), config, inputs);
    }

    private static List<Value> constantLike(
            OnnxGraph graph, KerasLayer layer, ConstantLike config, List<Value> inputs) {
        String x = graph.kerasLayout(inputs.get(0)).name();
        String shape = graph.node("Shape", layer.name() + "/shape", List.of(x));
        String constant = graph.constant(layer.name() + "/value", config.value());
        return value(graph.node("Expand", layer.name() + "/filled", List.of(constant, shape)), config, inputs);
    }

    private static List<Value> conversion(OnnxGraph graph, KerasLayer layer, Conversion config, List<Value> inputs) {
        return config.toFlags()
                ? numbers(graph, graph.flags(inputs.get(0)).name(), config, inputs)
                : value(
                        graph.node(
                                "Identity",
                                layer.name() + "/same",
                                List.of(graph.kerasLayout(inputs.get(0)).name())),
                        config,
                        inputs);
    }

    private static List<Value> numbers(OnnxGraph graph, String flags, Operation config, List<Value> inputs) {
        return value(graph.cast(flags, DataType.FLOAT), config, inputs);
    }

    private static List<Value> value(String name, Operation config, List<Value> inputs) {
        return List.of(Value.of(
                name, config.outputShape(inputs.stream().map(Value::shape).toList())));
    }
}
