package io.atelier.keras.io;

import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ActivationOption;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.DepthwiseConvolution;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.SeparableConvolution;
import io.atelier.keras.layer.SlidingWindow;
import io.atelier.keras.layer.TransposedConvolution;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Reads the layers of keras.layers.convolutional. */
final class ConvolutionParsers {
    private ConvolutionParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        for (int rank = 1; rank <= 3; rank++) {
            int axes = rank;
            table.put("Conv" + rank + "D", options -> convolution(options, axes));
            table.put("Conv" + rank + "DTranspose", options -> transposed(options, axes));
        }
        for (int rank = 1; rank <= 2; rank++) {
            int axes = rank;
            table.put("DepthwiseConv" + rank + "D", options -> depthwise(options, axes));
            table.put("SeparableConv" + rank + "D", options -> separable(options, axes));
        }
    }

    private static Convolution convolution(ConfigReader options, int rank) {
        options.keepWeightsForTraining("kernel", "bias");
        CoreParsers.refuseRewrittenKernel(options);
        return new Convolution(
                window(options, rank),
                options.integer("filters"),
                options.integer("groups", 1),
                activation(options),
                options.flag("use_bias", true));
    }

    private static TransposedConvolution transposed(ConfigReader options, int rank) {
        options.keepWeightsForTraining("kernel", "bias");
        refuseGroups(options);
        return new TransposedConvolution(
                window(options, rank),
                options.integer("filters"),
                options.optionalSpatial("output_padding", rank),
                activation(options),
                options.flag("use_bias", true));
    }

    private static DepthwiseConvolution depthwise(ConfigReader options, int rank) {
        // Keras 2 writes what Conv2D has as well, though a depthwise kernel makes no use of it.
        options.keepWeightsForTraining("depthwise", "kernel", "bias");
        refuseGroups(options);
        return new DepthwiseConvolution(
                window(options, rank),
                options.integer("depth_multiplier", 1),
                activation(options),
                options.flag("use_bias", true));
    }

    private static SeparableConvolution separable(ConfigReader options, int rank) {
        options.keepWeightsForTraining("depthwise", "pointwise", "kernel", "bias");
        refuseGroups(options);
        return new SeparableConvolution(
                window(options, rank),
                options.integer("depth_multiplier", 1),
                options.integer("filters"),
                activation(options),
                options.flag("use_bias", true));
    }

    static SlidingWindow window(ConfigReader options, int rank) {
        List<Integer> ones = Collections.nCopies(rank, 1);
        return new SlidingWindow(
                options.spatial("kernel_size", rank),
                options.optionalSpatial("strides", rank).orElse(ones),
                options.optionalSpatial("dilation_rate", rank).orElse(ones),
                options.word("padding", Padding.VALID),
                options.word("data_format", DataFormat.CHANNELS_LAST));
    }

    private static ActivationOption activation(ConfigReader options) {
        return ActivationParsers.function(options, "activation", ActivationFunction.LINEAR);
    }

    /** Keras 2 writes {@code groups} for layers that have none. */
    private static void refuseGroups(ConfigReader options) {
        options.refuseUnless("groups", 1, "The layer has no groups in Keras");
    }
}
