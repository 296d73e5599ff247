package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.AdaptivePooling;
import io.atelier.keras.layer.CenterCrop;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Interpolation;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.Resizing;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.UnaryLayer;
import java.util.List;
import java.util.Map;

/** Layers that make spatial axes another size. */
final class ResizingEmitters {
    private ResizingEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.add(
                Resizing.class,
                (graph, layer, config, input) -> config.fit() == Resizing.Fit.STRETCH
                        ? stretched(graph, layer, config, input)
                        : steps(graph, layer, config.steps(input.shape()), input));
        emitters.add(
                CenterCrop.class,
                (graph, layer, config, input) -> steps(graph, layer, config.steps(input.shape()), input));
        emitters.add(AdaptivePooling.class, ResizingEmitters::pooled);
    }

    private static Value steps(OnnxGraph graph, KerasLayer layer, List<UnaryLayer> steps, Value input) {
        Value value = input;
        for (UnaryLayer step : steps) {
            KerasLayer part = new KerasLayer(layer.name() + "/" + step.className(), step, Map.of());
            value = Emitters.emit(graph, part, List.of(value)).get(0);
        }
        return value;
    }

    private static Value stretched(OnnxGraph graph, KerasLayer layer, Resizing config, Value input) {
        if (config.interpolation() == Interpolation.BICUBIC) {
            // ONNX computes the weights of which TensorFlow has a table.
            int rows = config.dataFormat().firstSpatialAxis();
            Value tall = product(
                    graph,
                    layer,
                    input,
                    rows,
                    config.interpolation().weights(input.shape().size(rows), config.height()));
            return product(
                    graph,
                    layer,
                    tall,
                    rows + 1,
                    config.interpolation().weights(input.shape().size(rows + 1), config.width()));
        }
        boolean isLinear = config.interpolation() == Interpolation.BILINEAR;
        // ONNX Runtime interpolates over the last two axes.
        Value x = Windows.channelsFirst(graph, config.dataFormat(), input);
        String kept = graph.node(
                "Shape",
                layer.name() + "/kept",
                List.of(x.name()),
                OnnxGraph.integer("start", 0),
                OnnxGraph.integer("end", 2));
        String sizes = graph.node(
                "Concat",
                layer.name() + "/sizes",
                List.of(kept, graph.integers(layer.name() + "/size", config.height(), config.width())),
                OnnxGraph.integer("axis", 0));
        String output = graph.node(
                "Resize",
                layer.name() + "/resized",
                List.of(x.name(), "", "", sizes),
                OnnxGraph.text("mode", isLinear ? "linear" : "nearest"),
                OnnxGraph.text("coordinate_transformation_mode", "half_pixel"),
                OnnxGraph.text("nearest_mode", "round_prefer_ceil"));
        return Windows.result(config.dataFormat(), output, config.outputShape(input.shape()));
    }

    private static Value pooled(OnnxGraph graph, KerasLayer layer, AdaptivePooling config, Value input) {
        Value value = input;
        DataFormat dataFormat = config.dataFormat();
        for (int i = 0; i < config.outputSize().size(); i++) {
            int axis = dataFormat.firstSpatialAxis() + i;
            int from = input.shape().size(axis);
            int to = config.outputSize().get(i);
            value = config.kind() == PoolingKind.AVERAGE
                    ? product(graph, layer, value, axis, AdaptivePooling.weights(from, to))
                    : largest(graph, layer, value, axis, to);
        }
        return value;
    }

    /** Each value along an axis as a sum of the values there, weighted by a column. */
    private static Value product(OnnxGraph graph, KerasLayer layer, Value x, int kerasAxis, float[]... weights) {
        int to = weights[0].length;
        float[] values = new float[weights.length * to];
        for (int row = 0; row < weights.length; row++) {
            System.arraycopy(weights[row], 0, values, row * to, to);
        }
        String matrix = graph.constant(layer.name() + "/weights", Tensor.wrap(Shape.of(weights.length, to), values));
        String axes = "abcde".substring(0, x.shape().rank());
        char axis = axes.charAt(x.axis(kerasAxis));
        String output = graph.node(
                "Einsum",
                layer.name() + "/product",
                List.of(x.name(), matrix),
                OnnxGraph.text("equation", axes + "," + axis + "z->" + axes.replace(axis, 'z')));
        return x.reshaped(output, x.shape().with(kerasAxis, to));
    }

    /** The largest value of each window: where one is shorter than others, its last value stands there again. */
    private static Value largest(OnnxGraph graph, KerasLayer layer, Value x, int kerasAxis, int to) {
        int from = x.shape().size(kerasAxis);
        String name = layer.name();
        int axis = x.axis(kerasAxis);
        String largest = "";
        int widest = 1;
        for (int i = 0; i < to; i++) {
            widest = Math.max(widest, AdaptivePooling.end(i, from, to) - AdaptivePooling.start(i, from, to));
        }
        for (int step = 0; step < widest; step++) {
            long[] places = new long[to];
            for (int i = 0; i < to; i++) {
                places[i] = Math.min(AdaptivePooling.start(i, from, to) + step, AdaptivePooling.end(i, from, to) - 1);
            }
            String taken = graph.node(
                    "Gather",
                    name + "/taken",
                    List.of(x.name(), graph.integers(name + "/places", places)),
                    OnnxGraph.integer("axis", axis));
            largest = step == 0 ? taken : graph.node("Max", name + "/largest", List.of(largest, taken));
        }
        return x.reshaped(largest, x.shape().with(kerasAxis, to));
    }
}
