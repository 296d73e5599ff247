package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * Slides {@code filters} kernels over the spatial axes: Conv1D, Conv2D, Conv3D.
 *
 * <p>Shapes for rank 2, {@code channels_last}: input {@code (batch, height, width, inChannels)}, kernel
 * {@code (kernelHeight, kernelWidth, inChannels / groups, filters)}, bias {@code (filters)}, output
 * {@code (batch, newHeight, newWidth, filters)} with the sizes of {@link SlidingWindow}. The kernel has the same layout
 * for both data formats. Source: keras/src/layers/convolutional/base_conv.py.
 *
 * @param window the kernel's size, strides, dilation, padding and data format; no stride is above 1 where a dilation
 *     rate is
 * @param filters the number of output channels, a multiple of {@code groups}
 * @param groups into how many independent convolutions the channels are split; 1 by default
 * @param activation linear by default
 * @param useBias true by default
 */
public record Convolution(SlidingWindow window, int filters, int groups, ActivationOption activation, boolean useBias)
        implements UnaryLayer {
    public Convolution {
        Require.positive("filters", filters);
        Require.positive("groups", groups);
        if (filters % groups != 0) {
            throw new IllegalArgumentException(
                    "filters must be a multiple of groups; received filters=" + filters + ", groups=" + groups);
        }
        Require.notStridedAndDilated(window);
    }

    @Override
    public String className() {
        return "Conv" + window.rank() + "D";
    }

    @Override
    public Shape outputShape(Shape input) {
        return window.outputShape(input).with(window.channelsAxis(), filters);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        int inChannels = Require.channels(window, input);
        if (inChannels % groups != 0) {
            throw new IllegalArgumentException(
                    "the input's channels must be a multiple of groups=" + groups + "; received shape " + input);
        }
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.kernel("kernel", window, inChannels / groups, filters));
        if (useBias) {
            weights.add(WeightSpec.trainable("bias", filters));
        }
        return weights;
    }
}
