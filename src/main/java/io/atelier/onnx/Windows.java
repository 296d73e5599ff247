package io.atelier.onnx;

import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.DepthwiseConvolution;
import io.atelier.keras.layer.Interpolation;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Margin;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.Pooling;
import io.atelier.keras.layer.Resizing;
import io.atelier.keras.layer.SeparableConvolution;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SlidingWindow;
import io.atelier.onnx.proto.AttributeProto;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What ONNX's operators with sliding windows have in common: the channels in front, and the padding in numbers. */
final class Windows {
    private Windows() {}

    /** What a layer of this data format takes: the channels in front, by the layer's own format or by moving them. */
    static Value channelsFirst(OnnxGraph graph, DataFormat dataFormat, Value input) {
        return dataFormat == DataFormat.CHANNELS_LAST ? graph.channelsFirst(input) : graph.kerasLayout(input);
    }

    /** What a layer of this data format gives. */
    static Value result(DataFormat dataFormat, String name, Shape shape) {
        return new Value(name, shape, dataFormat == DataFormat.CHANNELS_LAST);
    }

    /**
     * The padding in numbers wherever the input's size or a stride of 1 allows it: ONNX Runtime does not pad dilated kernels by
     * itself, and starts within the input where windows are far apart.
     */
    static AttributeProto padding(SlidingWindow window, Shape input) {
        return window.margins(input)
                .map(margins -> OnnxGraph.ints("pads", pads(margins)))
                .orElseGet(() -> OnnxGraph.text("auto_pad", "SAME_UPPER"));
    }

    /** All starts, then all ends. */
    static long[] pads(List<Margin> margins) {
        return IntStream.concat(
                        margins.stream().mapToInt(Margin::before),
                        margins.stream().mapToInt(Margin::after))
                .asLongStream()
                .toArray();
    }

    /** Why a layer cannot be emitted; empty if it can. */
    static Optional<String> refusal(LayerConfig config, Shape input) {
        if (config instanceof Resizing resizing
                && resizing.interpolation() == Interpolation.BICUBIC
                && !input.slice(1, input.rank()).isKnown()) {
            return Optional.of("with interpolation 'bicubic', the size of the input must be known in engine onnx;"
                    + " received an input of shape " + input);
        }
        return window(config)
                .filter(window -> window.padding() != Padding.VALID
                        && window.margins(input).isEmpty())
                .flatMap(window -> refusalOfOpenSize(window, input));
    }

    private static Optional<SlidingWindow> window(LayerConfig config) {
        if (config instanceof Pooling pooling) {
            return Optional.of(pooling.window());
        }
        if (config instanceof Convolution convolution) {
            return Optional.of(convolution.window());
        }
        if (config instanceof DepthwiseConvolution convolution) {
            return Optional.of(convolution.window());
        }
        return config instanceof SeparableConvolution convolution
                ? Optional.of(convolution.window())
                : Optional.empty();
    }

    /** Where ONNX Runtime has to find the padding itself. */
    private static Optional<String> refusalOfOpenSize(SlidingWindow window, Shape input) {
        boolean isFarApart = IntStream.range(0, window.rank())
                .anyMatch(i ->
                        window.strides().get(i) > window.size().get(i) && input.size(window.axis(i)) == Shape.UNKNOWN);
        boolean isDilated = window.dilationRate().stream().anyMatch(rate -> rate > 1);
        return isFarApart || isDilated
                ? Optional.of(
                        "with padding 'same' and an input of open size, strides must be at most the window's size,"
                                + " and without dilation, in engine onnx; received strides " + window.strides()
                                + " and dilation_rate " + window.dilationRate() + " for a window of " + window.size())
                : Optional.empty();
    }
}
