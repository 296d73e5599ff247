package io.atelier.keras.io;

import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Padding;
import java.util.Collections;
import java.util.Map;

/** Reads the layers of keras.layers.convolutional. */
final class ConvolutionParsers {
    private ConvolutionParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        table.put("Conv2D", options -> convolution(options, 2));
    }

    private static Convolution convolution(ConfigReader options, int rank) {
        options.keepForTraining(
                "kernel_initializer",
                "bias_initializer",
                "kernel_regularizer",
                "bias_regularizer",
                "kernel_constraint",
                "bias_constraint");
        CoreParsers.refuseRewrittenKernel(options);
        return new Convolution(
                rank,
                options.integer("filters"),
                options.spatial("kernel_size", rank),
                options.optionalSpatial("strides", rank).orElse(Collections.nCopies(rank, 1)),
                options.word("padding", Padding.VALID),
                options.word("data_format", DataFormat.CHANNELS_LAST),
                options.optionalSpatial("dilation_rate", rank).orElse(Collections.nCopies(rank, 1)),
                options.integer("groups", 1),
                ActivationParsers.function(options, "activation", ActivationFunction.LINEAR),
                options.flag("use_bias", true));
    }
}
