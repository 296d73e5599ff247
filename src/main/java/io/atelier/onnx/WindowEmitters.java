package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.GlobalPooling;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.Pooling;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.Shape;
import io.atelier.onnx.proto.AttributeProto;
import io.atelier.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Convolution and pooling, which ONNX computes with the channels in front only. */
final class WindowEmitters {
    private WindowEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.add(Convolution.class, WindowEmitters::convolution);
        emitters.add(Pooling.class, WindowEmitters::pooling);
        emitters.add(GlobalPooling.class, WindowEmitters::globalPooling);
    }

    private static Value convolution(OnnxGraph graph, KerasLayer layer, Convolution config, Value input) {
        Value x = channelsFirst(graph, config.dataFormat(), input);
        List<String> inputs = new ArrayList<>();
        inputs.add(x.name());
        inputs.add(graph.constant(layer.name() + "/kernel", filtersFirst(layer.weight("kernel"))));
        if (config.useBias()) {
            inputs.add(graph.constant(layer.name() + "/bias", layer.weight("bias")));
        }
        String output = graph.node(
                "Conv",
                layer.name() + "/conv",
                inputs,
                OnnxGraph.ints("kernel_shape", config.kernelSize()),
                OnnxGraph.ints("strides", config.strides()),
                OnnxGraph.ints("dilations", config.dilationRate()),
                OnnxGraph.integer("group", config.groups()),
                padding(
                        config.padding(),
                        config.dataFormat(),
                        config.kernelSize(),
                        config.strides(),
                        config.dilationRate(),
                        input.shape()));
        return ActivationEmitters.apply(
                graph,
                layer,
                config.activation(),
                result(config.dataFormat(), output, config.outputShape(input.shape())));
    }

    private static Value pooling(OnnxGraph graph, KerasLayer layer, Pooling config, Value input) {
        Value x = channelsFirst(graph, config.dataFormat(), input);
        String operator = config.kind() == PoolingKind.MAX ? "MaxPool" : "AveragePool";
        String output = graph.node(
                operator,
                layer.name() + "/pool",
                List.of(x.name()),
                OnnxGraph.ints("kernel_shape", config.poolSize()),
                OnnxGraph.ints("strides", config.strides()),
                padding(
                        config.padding(),
                        config.dataFormat(),
                        config.poolSize(),
                        config.strides(),
                        Collections.nCopies(config.rank(), 1),
                        input.shape()));
        return result(config.dataFormat(), output, config.outputShape(input.shape()));
    }

    private static Value globalPooling(OnnxGraph graph, KerasLayer layer, GlobalPooling config, Value input) {
        if (input.mask().isPresent()) {
            return averageOfSteps(graph, layer, config, input, input.mask().get());
        }
        Value x = channelsFirst(graph, config.dataFormat(), input);
        String operator = config.kind() == PoolingKind.MAX ? "GlobalMaxPool" : "GlobalAveragePool";
        String output = graph.node(operator, layer.name() + "/pool", List.of(x.name()));
        Shape shape = config.outputShape(input.shape());
        if (config.keepdims()) {
            return result(config.dataFormat(), output, shape);
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

    /** What a layer of this data format takes: the channels in front, by the layer's own format or by moving them. */
    private static Value channelsFirst(OnnxGraph graph, DataFormat dataFormat, Value input) {
        return dataFormat == DataFormat.CHANNELS_LAST ? graph.channelsFirst(input) : graph.kerasLayout(input);
    }

    private static Value result(DataFormat dataFormat, String name, Shape shape) {
        return new Value(name, shape, dataFormat == DataFormat.CHANNELS_LAST);
    }

    /**
     * The padding in numbers wherever the input's size or a stride of 1 allows it: ONNX Runtime does not pad dilated kernels by
     * itself, and starts within the input where windows are far apart. An odd padding has the extra row at the end.
     */
    private static AttributeProto padding(
            Padding padding,
            DataFormat dataFormat,
            List<Integer> window,
            List<Integer> strides,
            List<Integer> dilationRate,
            Shape input) {
        if (padding == Padding.VALID) {
            return OnnxGraph.text("auto_pad", "VALID");
        }
        int rank = window.size();
        long[] pads = new long[2 * rank];
        for (int i = 0; i < rank; i++) {
            int size = input.size(dataFormat.firstSpatialAxis() + i);
            int stride = strides.get(i);
            if (size == Shape.UNKNOWN && stride > 1) {
                return OnnxGraph.text("auto_pad", "SAME_UPPER");
            }
            long extent = (window.get(i) - 1L) * dilationRate.get(i) + 1;
            long reach = size == Shape.UNKNOWN || stride == 1
                    ? extent - 1
                    : ((size + stride - 1L) / stride - 1) * stride + extent - size;
            long total = Math.max(0, reach);
            pads[i] = total / 2;
            pads[rank + i] = total - total / 2;
        }
        return OnnxGraph.ints("pads", pads);
    }

    /** Why a layer cannot be emitted; empty if it can. */
    static Optional<String> refusal(LayerConfig config, Shape input) {
        if (config instanceof Pooling pooling && pooling.padding() == Padding.SAME) {
            return farApart(pooling.dataFormat(), pooling.poolSize(), pooling.strides(), input);
        }
        if (config instanceof Convolution convolution && convolution.padding() == Padding.SAME) {
            return farApart(convolution.dataFormat(), convolution.kernelSize(), convolution.strides(), input);
        }
        return Optional.empty();
    }

    private static Optional<String> farApart(
            DataFormat dataFormat, List<Integer> window, List<Integer> strides, Shape input) {
        boolean isFarApart = IntStream.range(0, window.size())
                .anyMatch(i -> strides.get(i) > window.get(i)
                        && input.size(dataFormat.firstSpatialAxis() + i) == Shape.UNKNOWN);
        return isFarApart
                ? Optional.of(
                        "with padding 'same' and an input of open size, strides must be at most the window's size in"
                                + " engine onnx; received strides " + strides + " for a window of " + window)
                : Optional.empty();
    }

    /** A kernel {@code (…, inChannels, filters)} as {@code (filters, inChannels, …)}. */
    private static Tensor filtersFirst(Tensor kernel) {
        Shape shape = kernel.shape();
        int filters = shape.size(-1);
        int channels = shape.size(-2);
        int positions = kernel.valueCount() / (filters * channels);
        float[] values = new float[kernel.valueCount()];
        for (int position = 0; position < positions; position++) {
            for (int channel = 0; channel < channels; channel++) {
                for (int filter = 0; filter < filters; filter++) {
                    values[(filter * channels + channel) * positions + position] =
                            kernel.get((position * channels + channel) * filters + filter);
                }
            }
        }
        Shape moved = Shape.of(filters, channels)
                .append(shape.slice(0, shape.rank() - 2).toArray());
        return Tensor.wrap(moved, values);
    }
}
