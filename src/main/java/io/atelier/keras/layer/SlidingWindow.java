package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A window that slides over the spatial axes of a tensor: the geometry of convolution and pooling.
 *
 * <p>A new size is {@code ceil(size / stride)} for {@code same} and {@code causal} padding, and
 * {@code floor((size - (windowSize - 1) * dilationRate - 1) / stride) + 1} for {@code valid}.
 *
 * @param size one for each spatial axis, of which there are 1 to 3
 * @param strides one for each spatial axis
 * @param dilationRate the distance of neighbouring values under the window, one for each spatial axis
 * @param padding what the window does at the border; causal for one spatial axis only
 * @param dataFormat where the channels are
 */
public record SlidingWindow(
        List<Integer> size, List<Integer> strides, List<Integer> dilationRate, Padding padding, DataFormat dataFormat) {
    public SlidingWindow {
        Require.spatialRank(size.size());
        size = Require.positive("the size of a window", size, size.size());
        strides = Require.positive("strides", strides, size.size());
        dilationRate = Require.positive("dilation_rate", dilationRate, size.size());
        if (padding == Padding.CAUSAL && size.size() > 1) {
            throw new IllegalArgumentException("padding must be one of [valid, same]; received 'causal'");
        }
    }

    /** A window without dilation. */
    public static SlidingWindow of(List<Integer> size, List<Integer> strides, Padding padding, DataFormat dataFormat) {
        return new SlidingWindow(size, strides, Collections.nCopies(size.size(), 1), padding, dataFormat);
    }

    /** The window with a single value under it, which slides over everything. */
    public SlidingWindow ofSizeOne() {
        List<Integer> ones = Collections.nCopies(rank(), 1);
        return of(ones, ones, Padding.VALID, dataFormat);
    }

    /** The number of spatial axes. */
    public int rank() {
        return size.size();
    }

    /** The number of values between the first and the last under the window, both included, along a spatial axis. */
    public int extent(int spatialAxis) {
        return Math.addExact(Math.multiplyExact(size.get(spatialAxis) - 1, dilationRate.get(spatialAxis)), 1);
    }

    /** Whether a stride and a dilation rate are both above 1. */
    boolean isStridedAndDilated() {
        return isAboveOne(strides) && isAboveOne(dilationRate);
    }

    private static boolean isAboveOne(List<Integer> values) {
        return values.stream().anyMatch(value -> value > 1);
    }

    /** The axis of the channels in an input. */
    public int channelsAxis() {
        return dataFormat.channelsAxis(rank() + 2);
    }

    /** The axis of an input that a spatial axis is. */
    public int axis(int spatialAxis) {
        return dataFormat.firstSpatialAxis() + spatialAxis;
    }

    /**
     * The shape of what the window leaves of an input; the channels axis stays as it is.
     *
     * @throws IllegalArgumentException if the window does not fit into the input
     */
    public Shape outputShape(Shape input) {
        Require.rank(rank() + 2, input);
        Shape output = input;
        for (int i = 0; i < rank(); i++) {
            int outputSize = outputSize(i, input.size(axis(i)));
            if (outputSize == 0) {
                throw new IllegalArgumentException("a window of " + extent(i) + " does not fit on axis " + axis(i)
                        + " of an input of shape " + input);
            }
            output = output.with(axis(i), outputSize);
        }
        return output;
    }

    private int outputSize(int spatialAxis, int inputSize) {
        int stride = strides.get(spatialAxis);
        if (inputSize == Shape.UNKNOWN) {
            return Shape.UNKNOWN;
        }
        return switch (padding) {
            case VALID -> inputSize < extent(spatialAxis) ? 0 : (inputSize - extent(spatialAxis)) / stride + 1;
            case SAME, CAUSAL -> (int) ((inputSize + stride - 1L) / stride);
        };
    }

    /**
     * The padding on each spatial axis of an input; empty if it depends on a size that is only known at run time.
     *
     * <p>{@code same} is TensorFlow's: no more than the last window needs, and the odd one at the end.
     */
    public Optional<List<Margin>> margins(Shape input) {
        List<Margin> margins = new ArrayList<>();
        for (int i = 0; i < rank(); i++) {
            int inputSize = input.size(axis(i));
            if (padding == Padding.SAME && inputSize == Shape.UNKNOWN && strides.get(i) > 1 && size.get(i) > 1) {
                return Optional.empty();
            }
            margins.add(margin(i, inputSize));
        }
        return Optional.of(margins);
    }

    private Margin margin(int spatialAxis, int inputSize) {
        int overlap = extent(spatialAxis) - 1;
        return switch (padding) {
            case VALID -> new Margin(0, 0);
            case CAUSAL -> new Margin(overlap, 0);
            case SAME -> {
                int stride = strides.get(spatialAxis);
                long needed = inputSize == Shape.UNKNOWN || stride == 1
                        ? overlap
                        : (outputSize(spatialAxis, inputSize) - 1L) * stride + 1 + overlap - inputSize;
                int total = (int) Math.max(0, needed);
                yield new Margin(total / 2, total - total / 2);
            }
        };
    }
}
