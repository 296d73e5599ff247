package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DepthwiseConvolution;
import io.atelier.keras.layer.Margin;
import io.atelier.keras.layer.SeparableConvolution;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SlidingWindow;
import io.atelier.keras.layer.TransposedConvolution;
import java.util.ArrayList;
import java.util.List;

/** Convolutions of all kinds, which ONNX computes with the channels in front only. */
final class ConvolutionEmitters {
    private ConvolutionEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.add(Convolution.class, ConvolutionEmitters::convolution);
        emitters.add(DepthwiseConvolution.class, ConvolutionEmitters::depthwise);
        emitters.add(SeparableConvolution.class, ConvolutionEmitters::separable);
        emitters.add(TransposedConvolution.class, ConvolutionEmitters::transposed);
    }

    private static Value convolution(OnnxGraph graph, KerasLayer layer, Convolution config, Value input) {
        SlidingWindow window = config.window();
        Value x = Windows.channelsFirst(graph, window.dataFormat(), input);
        List<String> weights = weights(graph, layer, layer.weight("kernel"), config.useBias());
        String output = conv(graph, layer.name() + "/conv", x, weights, window, config.groups());
        Value result = Windows.result(window.dataFormat(), output, config.outputShape(input.shape()));
        return ActivationEmitters.apply(graph, layer, config.activation(), result);
    }

    private static Value depthwise(OnnxGraph graph, KerasLayer layer, DepthwiseConvolution config, Value input) {
        SlidingWindow window = config.window();
        Value x = Windows.channelsFirst(graph, window.dataFormat(), input);
        Tensor kernel = layer.weight("kernel");
        List<String> weights = weights(graph, layer, oneChannelEach(kernel), config.useBias());
        String output = conv(graph, layer.name() + "/conv", x, weights, window, channels(kernel));
        Value result = Windows.result(window.dataFormat(), output, config.outputShape(input.shape()));
        return ActivationEmitters.apply(graph, layer, config.activation(), result);
    }

    private static Value separable(OnnxGraph graph, KerasLayer layer, SeparableConvolution config, Value input) {
        SlidingWindow window = config.window();
        Value x = Windows.channelsFirst(graph, window.dataFormat(), input);
        Tensor kernel = layer.weight("depthwise_kernel");
        String depthwise = conv(
                graph,
                layer.name() + "/depthwise",
                x,
                List.of(graph.constant(layer.name() + "/depthwise_kernel", lastTwoFirst(oneChannelEach(kernel)))),
                window,
                channels(kernel));
        List<String> weights = weights(graph, layer, layer.weight("pointwise_kernel"), config.useBias());
        Value between = Windows.result(window.dataFormat(), depthwise, window.outputShape(input.shape()));
        String output = conv(graph, layer.name() + "/pointwise", between, weights, window.ofSizeOne(), 1);
        Value result = Windows.result(window.dataFormat(), output, config.outputShape(input.shape()));
        return ActivationEmitters.apply(graph, layer, config.activation(), result);
    }

    private static String conv(
            OnnxGraph graph, String name, Value x, List<String> weights, SlidingWindow window, int groups) {
        List<String> inputs = new ArrayList<>(List.of(x.name()));
        inputs.addAll(weights);
        return graph.node(
                "Conv",
                name,
                inputs,
                OnnxGraph.ints("kernel_shape", window.size()),
                OnnxGraph.ints("strides", window.strides()),
                OnnxGraph.ints("dilations", window.dilationRate()),
                OnnxGraph.integer("group", groups),
                Windows.padding(window, x.shape()));
    }

    private static Value transposed(OnnxGraph graph, KerasLayer layer, TransposedConvolution config, Value input) {
        SlidingWindow window = config.window();
        Value x = Windows.channelsFirst(graph, window.dataFormat(), input);
        List<String> inputs = new ArrayList<>(List.of(x.name()));
        inputs.addAll(weights(graph, layer, layer.weight("kernel"), config.useBias()));
        String output = graph.node(
                "ConvTranspose",
                layer.name() + "/conv_transpose",
                inputs,
                OnnxGraph.ints("kernel_shape", window.size()),
                OnnxGraph.ints("strides", window.strides()),
                OnnxGraph.ints("dilations", window.dilationRate()),
                OnnxGraph.ints("pads", Windows.pads(config.cut())),
                OnnxGraph.ints(
                        "output_padding",
                        config.added().stream().map(Margin::after).toList()));
        Value result = Windows.result(window.dataFormat(), output, config.outputShape(input.shape()));
        return ActivationEmitters.apply(graph, layer, config.activation(), result);
    }

    private static List<String> weights(OnnxGraph graph, KerasLayer layer, Tensor kernel, boolean useBias) {
        List<String> weights = new ArrayList<>();
        weights.add(graph.constant(layer.name() + "/kernel", lastTwoFirst(kernel)));
        if (useBias) {
            weights.add(graph.constant(layer.name() + "/bias", layer.weight("bias")));
        }
        return weights;
    }

    /** The channels of a depthwise kernel {@code (…, inChannels, depthMultiplier)}. */
    private static int channels(Tensor depthwiseKernel) {
        return depthwiseKernel.shape().size(-2);
    }

    /** A depthwise kernel {@code (…, inChannels, depthMultiplier)} as that of a grouped convolution, {@code (…, 1, filters)}. */
    private static Tensor oneChannelEach(Tensor kernel) {
        Shape shape = kernel.shape();
        return kernel.reshape(shape.slice(0, shape.rank() - 2).append(1, shape.size(-2) * shape.size(-1)));
    }

    /** A kernel {@code (…, a, b)} as {@code (b, a, …)}. */
    private static Tensor lastTwoFirst(Tensor kernel) {
        Shape shape = kernel.shape();
        int last = shape.size(-1);
        int lastButOne = shape.size(-2);
        int positions = kernel.valueCount() / (last * lastButOne);
        float[] values = new float[kernel.valueCount()];
        for (int position = 0; position < positions; position++) {
            for (int a = 0; a < lastButOne; a++) {
                for (int b = 0; b < last; b++) {
                    values[(b * lastButOne + a) * positions + position] =
                            kernel.get((position * lastButOne + a) * last + b);
                }
            }
        }
        Shape moved = Shape.of(last, lastButOne)
                .append(shape.slice(0, shape.rank() - 2).toArray());
        return Tensor.wrap(moved, values);
    }
}
