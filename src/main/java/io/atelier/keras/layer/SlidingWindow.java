package io.atelier.keras.layer;

import java.util.List;

/** The arithmetic of windows that slide over the spatial axes of an input: convolution and pooling. */
final class SlidingWindow {
    private SlidingWindow() {}

    /**
     * The shape of what a window leaves of an input; the channels axis stays as it is.
     *
     * @throws IllegalArgumentException if the window does not fit into the input
     */
    static Shape outputShape(
            Shape input,
            List<Integer> window,
            List<Integer> strides,
            List<Integer> dilationRate,
            Padding padding,
            DataFormat dataFormat) {
        Require.rank(window.size() + 2, input);
        Shape output = input;
        for (int i = 0; i < window.size(); i++) {
            int axis = dataFormat.firstSpatialAxis() + i;
            long extent = (window.get(i) - 1L) * dilationRate.get(i) + 1;
            int size = outputSize(input.size(axis), extent, strides.get(i), padding);
            if (size == 0) {
                throw new IllegalArgumentException(
                        "a window of " + extent + " does not fit on axis " + axis + " of an input of shape " + input);
            }
            output = output.with(axis, size);
        }
        return output;
    }

    private static int outputSize(int size, long extent, int stride, Padding padding) {
        if (size == Shape.UNKNOWN) {
            return Shape.UNKNOWN;
        }
        return switch (padding) {
            case VALID -> size < extent ? 0 : (int) ((size - extent) / stride + 1);
            case SAME -> (int) ((size + stride - 1L) / stride);
        };
    }
}
