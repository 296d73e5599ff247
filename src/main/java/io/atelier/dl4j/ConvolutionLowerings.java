package io.atelier.dl4j;

import io.atelier.dl4j.layer.Convolve;
import io.atelier.dl4j.layer.ConvolveSeparably;
import io.atelier.dl4j.layer.ConvolveTransposed;
import io.atelier.dl4j.layer.GraphFunction;
import io.atelier.dl4j.layer.SavedWindow;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ActivationOption;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.DepthwiseConvolution;
import io.atelier.keras.layer.SeparableConvolution;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SlidingWindow;
import io.atelier.keras.layer.TransposedConvolution;
import io.atelier.keras.layer.WeightSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Convolutions, in Keras's data format: a plain one over two axes by Deeplearning4j's own layer, all others by graphs of
 * ours, which have each of Keras's options.
 */
final class ConvolutionLowerings {
    private ConvolutionLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.add(
                Convolution.class,
                (config, input) -> isStock(config)
                        ? stock(config)
                        : graph(
                                new Convolve(SavedWindow.of(config.window()), config.filters(), config.groups()),
                                config.weights(input),
                                config.activation()));
        lowerings.add(
                DepthwiseConvolution.class,
                (config, input) -> graph(depthwise(config, input), config.weights(input), config.activation()));
        lowerings.add(
                SeparableConvolution.class,
                (config, input) -> graph(
                        new ConvolveSeparably(
                                SavedWindow.of(config.window()), config.depthMultiplier(), config.filters()),
                        config.weights(input),
                        config.activation()));
        lowerings.add(
                TransposedConvolution.class,
                (config, input) -> graph(ConvolveTransposed.of(config), config.weights(input), config.activation()));
    }

    private static Convolve depthwise(DepthwiseConvolution config, Shape input) {
        int channels = input.size(config.window().channelsAxis());
        return new Convolve(SavedWindow.of(config.window()), channels * config.depthMultiplier(), channels);
    }

    private static List<Lowered> graph(GraphFunction function, List<WeightSpec> weights, ActivationOption activation) {
        Lowered convolution = Lowered.of(function, weights);
        return activation == ActivationFunction.LINEAR
                ? List.of(convolution)
                : List.of(convolution, ActivationLowerings.layer(activation));
    }

    /** Whether Deeplearning4j's own layer computes what Keras does. */
    private static boolean isStock(Convolution config) {
        return config.window().rank() == 2 && config.groups() == 1 && SamePadding.isRight(config.window());
    }

    private static List<Lowered> stock(Convolution config) {
        SlidingWindow window = config.window();
        boolean inside = ActivationLowerings.isRightInside(config.activation());
        Map<String, Object> options = new HashMap<>();
        options.put("filters", config.filters());
        options.put("kernel_size", window.size());
        options.put("strides", window.strides());
        options.put("padding", SamePadding.lowered(window).kerasName());
        options.put("data_format", window.dataFormat().kerasName());
        options.put("dilation_rate", window.dilationRate());
        options.put("use_bias", config.useBias());
        options.put("activation", ActivationLowerings.inside(config.activation(), inside));
        options.put("kernel_initializer", CoreLowerings.zeros());
        List<Lowered> lowered = new ArrayList<>();
        lowered.add(new Lowered(
                window.dataFormat() == DataFormat.CHANNELS_LAST ? "Conv2D" : ImportedLayers.CHANNELS_FIRST_CONVOLUTION,
                options));
        if (!inside) {
            lowered.add(ActivationLowerings.layer(config.activation()));
        }
        return lowered;
    }
}
