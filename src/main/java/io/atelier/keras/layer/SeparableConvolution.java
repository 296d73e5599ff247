package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * Slides {@code depthMultiplier} kernels over every channel by itself, then mixes the results: SeparableConv1D,
 * SeparableConv2D.
 *
 * <p>Shapes for rank 2, {@code channels_last}: input {@code (batch, height, width, inChannels)}, depthwise_kernel
 * {@code (kernelHeight, kernelWidth, inChannels, depthMultiplier)}, pointwise_kernel
 * {@code (1, 1, inChannels * depthMultiplier, filters)}, bias {@code (filters)}, output
 * {@code (batch, newHeight, newWidth, filters)}. Source: keras/src/layers/convolutional/base_separable_conv.py.
 *
 * @param window the depthwise kernel's size, strides, dilation, padding and data format; causal, for one spatial axis, in
 *     files of Keras 2 only
 * @param depthMultiplier the number of outputs of each channel; 1 by default
 * @param filters the number of output channels
 * @param activation linear by default
 * @param useBias true by default
 */
public record SeparableConvolution(
        SlidingWindow window, int depthMultiplier, int filters, ActivationOption activation, boolean useBias)
        implements UnaryLayer {
    public SeparableConvolution {
        Require.depthwise(window, depthMultiplier);
        Require.positive("filters", filters);
    }

    @Override
    public String className() {
        return "SeparableConv" + window.rank() + "D";
    }

    @Override
    public Shape outputShape(Shape input) {
        return window.outputShape(input).with(window.channelsAxis(), filters);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        int inChannels = Require.channels(window, input);
        SlidingWindow pointwise = window.ofSizeOne();
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.kernel("depthwise_kernel", window, inChannels, depthMultiplier));
        weights.add(WeightSpec.kernel(
                "pointwise_kernel", pointwise, Math.multiplyExact(inChannels, depthMultiplier), filters));
        if (useBias) {
            weights.add(WeightSpec.trainable("bias", filters));
        }
        return weights;
    }
}
