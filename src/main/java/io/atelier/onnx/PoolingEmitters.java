package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.layer.GlobalPooling;
import io.atelier.keras.layer.Pooling;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SlidingWindow;
import io.atelier.onnx.proto.AttributeProto;
import io.atelier.onnx.proto.TensorProto;
import java.util.List;

/** Pooling, which ONNX computes with the channels in front only. */
final class PoolingEmitters {
    private PoolingEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.add(Pooling.class, PoolingEmitters::pooling);
        emitters.add(GlobalPooling.class, PoolingEmitters::globalPooling);
    }

    private static Value pooling(OnnxGraph graph, KerasLayer layer, Pooling config, Value input) {
        SlidingWindow window = config.window();
        Value x = Windows.channelsFirst(graph, window.dataFormat(), input);
        String output = graph.node(
                config.kind() == PoolingKind.MAX ? "MaxPool" : "AveragePool",
                layer.name() + "/pool",
                List.of(x.name()),
                OnnxGraph.ints("kernel_shape", window.size()),
                OnnxGraph.ints("strides", window.strides()),
                Windows.padding(window, input.shape()));
        return Windows.result(window.dataFormat(), output, config.outputShape(input.shape()));
    }

    private static Value globalPooling(OnnxGraph graph, KerasLayer layer, GlobalPooling config, Value input) {
        if (input.mask().isPresent()) {
            return averageOfSteps(
                    graph, layer, config, input, input.mask().get().name());
        }
        Value x = Windows.channelsFirst(graph, config.dataFormat(), input);
        String operator = config.kind() == PoolingKind.MAX ? "GlobalMaxPool" : "GlobalAveragePool";
        String output = graph.node(operator, layer.name() + "/pool", List.of(x.name()));
        Shape shape = config.outputShape(input.shape());
        if (config.keepdims()) {
            return Windows.result(config.dataFormat(), output, shape);
        }
        String target = graph.integers(layer.name() + "/shape", 0, -1);
        return Value.of(graph.node("Reshape", layer.name() + "/flat", List.of(output, target)), shape);
    }

    /** The mean of the steps that are not masked. */
    private static Value averageOfSteps(
            OnnxGraph graph, KerasLayer layer, GlobalPooling config, Value input, String mask) {
        String name = layer.name();
        Value x = graph.kerasLayout(input);
        int steps = config.dataFormat().firstSpatialAxis();
        String flags = graph.node(
                "Unsqueeze", name + "/flags", List.of(mask, graph.integers(name + "/axes", steps == 1 ? 2 : 1)));
        String counted =
                graph.node("Where", name + "/counted", List.of(flags, x.name(), graph.constant(name + "/zero", 0)));
        AttributeProto keepdims = OnnxGraph.integer("keepdims", config.keepdims() ? 1 : 0);
        String axis = graph.integers(name + "/steps", steps);
        String sum = graph.node("ReduceSum", name + "/sum", List.of(counted, axis), keepdims);
        String count = graph.node(
                "ReduceSum", name + "/count", List.of(graph.cast(flags, TensorProto.DataType.FLOAT), axis), keepdims);
        return Value.of(graph.node("Div", name + "/mean", List.of(sum, count)), config.outputShape(x.shape()));
    }
}
