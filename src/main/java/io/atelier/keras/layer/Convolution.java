package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * Slides {@code filters} kernels over the spatial axes: Conv1D, Conv2D, Conv3D.
 *
 * <p>Shapes for rank 2, {@code channels_last}: input {@code (batch, height, width, inChannels)}, kernel
 * {@code (kernelHeight, kernelWidth, inChannels / groups, filters)}, bias {@code (filters)}, output
 * {@code (batch, newHeight, newWidth, filters)} where a new size is {@code ceil(size / stride)} for {@code same} padding
 * and {@code floor((size - (kernelSize - 1) * dilationRate - 1) / stride) + 1} for {@code valid}. The kernel has the same
 * layout for both data formats. Source: keras/src/layers/convolutional/base_conv.py.
 *
 * @param rank the number of spatial axes, 1 to 3
 * @param filters the number of output channels, a multiple of {@code groups}
 * @param kernelSize one size for each spatial axis
 * @param strides one for each spatial axis; 1 by default, and 1 wherever a dilation rate is above 1
 * @param padding valid by default
 * @param dataFormat channels_last by default
 * @param dilationRate the distance of neighbouring kernel values, one for each spatial axis; 1 by default
 * @param groups into how many independent convolutions the channels are split; 1 by default
 * @param activation linear by default
 * @param useBias true by default
 */
public record Convolution(
        int rank,
        int filters,
        List<Integer> kernelSize,
        List<Integer> strides,
        Padding padding,
        DataFormat dataFormat,
        List<Integer> dilationRate,
        int groups,
        ActivationFunction activation,
        boolean useBias)
        implements UnaryLayer {
    public Convolution {
        Require.spatialRank(rank);
        Require.positive("filters", filters);
        kernelSize = Require.positive("kernel_size", kernelSize, rank);
        strides = Require.positive("strides", strides, rank);
        dilationRate = Require.positive("dilation_rate", dilationRate, rank);
        Require.positive("groups", groups);
        if (filters % groups != 0) {
            throw new IllegalArgumentException(
                    "filters must be a multiple of groups; received filters=" + filters + ", groups=" + groups);
        }
        if (isAboveOne(strides) && isAboveOne(dilationRate)) {
            throw new IllegalArgumentException("strides and dilation_rate cannot both be above 1; received strides="
                    + strides + ", dilation_rate=" + dilationRate);
        }
    }

    private static boolean isAboveOne(List<Integer> values) {
        return values.stream().anyMatch(value -> value > 1);
    }

    @Override
    public String className() {
        return "Conv" + rank + "D";
    }

    @Override
    public Shape outputShape(Shape input) {
        Shape output = SlidingWindow.outputShape(input, kernelSize, strides, dilationRate, padding, dataFormat);
        return output.with(dataFormat.channelsAxis(output.rank()), filters);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        Require.rank(rank + 2, input);
        int inChannels = Require.knownAxis(input, dataFormat.channelsAxis(input.rank()));
        if (inChannels % groups != 0) {
            throw new IllegalArgumentException(
                    "the input's channels must be a multiple of groups=" + groups + "; received shape " + input);
        }
        Shape kernel = Shape.of(kernelSize.stream().mapToInt(Integer::intValue).toArray())
                .append(inChannels / groups, filters);
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(new WeightSpec("kernel", kernel, true));
        if (useBias) {
            weights.add(WeightSpec.trainable("bias", filters));
        }
        return weights;
    }
}
