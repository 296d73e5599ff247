package io.atelier.dl4j;

import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Convolutions, in Keras's data format: Deeplearning4j has both. */
final class ConvolutionLowerings implements Lowering.Unary<Convolution> {
    private ConvolutionLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.add(Convolution.class, new ConvolutionLowerings());
    }

    @Override
    public Optional<String> refusal(Convolution config) {
        if (config.rank() != 2) {
            return Optional.of("engine dl4j convolves over 2 spatial axes only; received " + config.rank());
        }
        if (config.groups() != 1) {
            return Optional.of(
                    "groups must be 1 in engine dl4j, which has no grouped convolution; received " + config.groups());
        }
        return SamePadding.refusal(config.padding(), config.kernelSize(), config.strides());
    }

    @Override
    public List<Lowered> lower(Convolution config, Shape input) {
        boolean inside = ActivationLowerings.isRightInside(config.activation());
        Map<String, Object> options = new HashMap<>();
        options.put("filters", config.filters());
        options.put("kernel_size", config.kernelSize());
        options.put("strides", config.strides());
        options.put(
                "padding",
                SamePadding.lowered(config.padding(), config.kernelSize()).kerasName());
        options.put("data_format", config.dataFormat().kerasName());
        options.put("dilation_rate", config.dilationRate());
        options.put("use_bias", config.useBias());
        options.put("activation", ActivationLowerings.inside(config.activation(), inside));
        options.put("kernel_initializer", CoreLowerings.zeros());
        List<Lowered> lowered = new ArrayList<>();
        lowered.add(new Lowered(
                config.dataFormat() == DataFormat.CHANNELS_LAST ? "Conv2D" : ImportedLayers.CHANNELS_FIRST_CONVOLUTION,
                options));
        if (!inside) {
            lowered.add(ActivationLowerings.layer(config.activation()));
        }
        return lowered;
    }
}
