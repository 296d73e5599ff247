package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Cropping;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Flatten;
import io.atelier.keras.layer.Interpolation;
import io.atelier.keras.layer.Margin;
import io.atelier.keras.layer.Permute;
import io.atelier.keras.layer.RepeatVector;
import io.atelier.keras.layer.Reshape;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.UpSampling;
import io.atelier.keras.layer.ZeroPadding;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Layers that move, cut or repeat values; those of images work in either layout. */
final class ReshapingEmitters {
    private ReshapingEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.add(Cropping.class, ReshapingEmitters::cropping);
        emitters.add(Flatten.class, ReshapingEmitters::flatten);
        emitters.add(Permute.class, ReshapingEmitters::permute);
        emitters.add(RepeatVector.class, ReshapingEmitters::repeatVector);
        emitters.add(Reshape.class, ReshapingEmitters::reshape);
        emitters.add(UpSampling.class, ReshapingEmitters::upSampling);
        emitters.add(ZeroPadding.class, ReshapingEmitters::zeroPadding);
    }

    private static Value flatten(OnnxGraph graph, KerasLayer layer, Flatten config, Value input) {
        Value x = graph.kerasLayout(input);
        int rank = x.shape().rank();
        if (config.dataFormat() == DataFormat.CHANNELS_FIRST && rank > 2) {
            long[] order = LongStream.concat(
                            LongStream.concat(LongStream.of(0), LongStream.range(2, rank)), LongStream.of(1))
                    .toArray();
            x = x.renamed(graph.node(
                    "Transpose", layer.name() + "/channels_last", List.of(x.name()), OnnxGraph.ints("perm", order)));
        }
        return reshaped(graph, layer, x, config.outputShape(input.shape()), -1);
    }

    private static Value reshape(OnnxGraph graph, KerasLayer layer, Reshape config, Value input) {
        long[] sizes =
                config.targetShape().stream().mapToLong(Integer::longValue).toArray();
        return reshaped(graph, layer, graph.kerasLayout(input), config.outputShape(input.shape()), sizes);
    }

    /** The values in another shape: 0 keeps the batch axis, -1 takes what is left. */
    private static Value reshaped(OnnxGraph graph, KerasLayer layer, Value x, Shape shape, long... sizes) {
        long[] target =
                LongStream.concat(LongStream.of(0), Arrays.stream(sizes)).toArray();
        String targetName = graph.integers(layer.name() + "/shape", target);
        return Value.of(graph.node("Reshape", layer.name() + "/reshaped", List.of(x.name(), targetName)), shape);
    }

    private static Value permute(OnnxGraph graph, KerasLayer layer, Permute config, Value input) {
        long[] order = LongStream.concat(
                        LongStream.of(0), config.dims().stream().mapToLong(input::axis))
                .toArray();
        String output = graph.node(
                "Transpose", layer.name() + "/permuted", List.of(input.name()), OnnxGraph.ints("perm", order));
        return Value.of(output, config.outputShape(input.shape()));
    }

    private static Value repeatVector(OnnxGraph graph, KerasLayer layer, RepeatVector config, Value input) {
        String row = graph.node(
                "Unsqueeze",
                layer.name() + "/row",
                List.of(graph.kerasLayout(input).name(), graph.integers(layer.name() + "/axis", 1)));
        String output = graph.node(
                "Tile",
                layer.name() + "/repeated",
                List.of(row, graph.integers(layer.name() + "/times", 1, config.n(), 1)));
        return Value.of(output, config.outputShape(input.shape()));
    }

    private static Value zeroPadding(OnnxGraph graph, KerasLayer layer, ZeroPadding config, Value input) {
        int rank = input.shape().rank();
        long[] pads = new long[2 * rank];
        for (int i = 0; i < config.padding().size(); i++) {
            int axis = input.axis(config.dataFormat().firstSpatialAxis() + i);
            pads[axis] = config.padding().get(i).before();
            pads[rank + axis] = config.padding().get(i).after();
        }
        String output = graph.node(
                "Pad", layer.name() + "/padded", List.of(input.name(), graph.integers(layer.name() + "/pads", pads)));
        return input.reshaped(output, config.outputShape(input.shape()));
    }

    private static Value cropping(OnnxGraph graph, KerasLayer layer, Cropping config, Value input) {
        List<Margin> cropping = config.cropping();
        String name = layer.name();
        String output = graph.node(
                "Slice",
                name + "/cropped",
                List.of(
                        input.name(),
                        graph.integers(
                                name + "/starts",
                                cropping.stream().mapToLong(Margin::before).toArray()),
                        graph.integers(
                                name + "/ends",
                                cropping.stream()
                                        .mapToLong(margin -> margin.after() == 0 ? Long.MAX_VALUE : -margin.after())
                                        .toArray()),
                        graph.integers(
                                name + "/axes",
                                IntStream.range(0, cropping.size())
                                        .mapToLong(i ->
                                                input.axis(config.dataFormat().firstSpatialAxis() + i))
                                        .toArray())));
        return input.reshaped(output, config.outputShape(input.shape()));
    }

    /** ONNX Runtime interpolates over the last two axes. */
    private static Value upSampling(OnnxGraph graph, KerasLayer layer, UpSampling config, Value input) {
        boolean isLinear = config.interpolation() == Interpolation.BILINEAR;
        Value x = isLinear ? Windows.channelsFirst(graph, config.dataFormat(), input) : input;
        float[] scales = new float[x.shape().rank()];
        Arrays.fill(scales, 1);
        for (int i = 0; i < config.size().size(); i++) {
            scales[x.axis(config.dataFormat().firstSpatialAxis() + i)] =
                    config.size().get(i);
        }
        // Without a region of interest, which only another mode takes.
        String output = graph.node(
                "Resize",
                layer.name() + "/resized",
                List.of(
                        x.name(),
                        "",
                        graph.constant(layer.name() + "/scales", Tensor.wrap(Shape.of(scales.length), scales))),
                OnnxGraph.text("mode", isLinear ? "linear" : "nearest"),
                OnnxGraph.text("coordinate_transformation_mode", isLinear ? "half_pixel" : "asymmetric"),
                OnnxGraph.text("nearest_mode", "floor"));
        return x.reshaped(output, config.outputShape(input.shape()));
    }
}
