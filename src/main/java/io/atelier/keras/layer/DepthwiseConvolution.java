package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * Slides {@code depthMultiplier} kernels over every channel by itself: DepthwiseConv1D, DepthwiseConv2D.
 *
 * <p>Shapes for rank 2, {@code channels_last}: input {@code (batch, height, width, inChannels)}, kernel
 * {@code (kernelHeight, kernelWidth, inChannels, depthMultiplier)}, bias {@code (inChannels * depthMultiplier)}, output
 * {@code (batch, newHeight, newWidth, inChannels * depthMultiplier)}, all outputs of one channel side by side. Source:
 * keras/src/layers/convolutional/base_depthwise_conv.py.
 *
 * @param window the kernel's size, strides, dilation, padding and data format
 * @param depthMultiplier the number of outputs of each channel; 1 by default
 * @param activation linear by default
 * @param useBias true by default
 */
public record DepthwiseConvolution(
        SlidingWindow window, int depthMultiplier, ActivationOption activation, boolean useBias) implements UnaryLayer {
    public DepthwiseConvolution {
        Require.depthwise(window, depthMultiplier);
        Require.notCausal(window);
    }

    @Override
    public String className() {
        return "DepthwiseConv" + window.rank() + "D";
    }

    @Override
    public Shape outputShape(Shape input) {
        return window.outputShape(input).with(window.channelsAxis(), outChannels(input));
    }

    private int outChannels(Shape input) {
        return Math.multiplyExact(Require.channels(window, input), depthMultiplier);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.kernel("kernel", window, Require.channels(window, input), depthMultiplier));
        if (useBias) {
            weights.add(WeightSpec.trainable("bias", outChannels(input)));
        }
        return weights;
    }
}
