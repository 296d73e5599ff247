package io.atelier.dl4j;

import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.SlidingWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A window that slides over an image in one way.
 *
 * @param size of the window: height and width
 * @param strides down and to the right
 * @param dilation the distance of neighbouring values under the window, along both axes
 * @param padding what the window does at the border
 * @param dataFormat of the image and of the result
 * @param height of the image
 * @param width of the image
 */
record WindowCase(
        List<Integer> size,
        List<Integer> strides,
        int dilation,
        Padding padding,
        DataFormat dataFormat,
        int height,
        int width) {
    private static final List<List<Integer>> SIZES =
            List.of(List.of(1, 1), List.of(2, 2), List.of(3, 3), List.of(2, 3));
    private static final List<List<Integer>> STRIDES =
            List.of(List.of(1, 1), List.of(2, 2), List.of(2, 1), List.of(3, 3));
    private static final List<List<Integer>> IMAGES = List.of(List.of(5, 6), List.of(8, 7));

    /** Every combination without dilation. */
    static Stream<WindowCase> undilated() {
        return crossed(STRIDES, 1);
    }

    /** Every combination, with dilation where the stride is 1: Keras does not take both. */
    static Stream<WindowCase> dilatedOrNot() {
        return Stream.concat(undilated(), crossed(List.of(List.of(1, 1)), 2));
    }

    private static Stream<WindowCase> crossed(List<List<Integer>> allStrides, int dilation) {
        List<WindowCase> cases = new ArrayList<>();
        for (List<Integer> size : SIZES) {
            for (List<Integer> strides : allStrides) {
                for (Padding padding : List.of(Padding.VALID, Padding.SAME)) {
                    for (DataFormat format : DataFormat.values()) {
                        for (List<Integer> image : IMAGES) {
                            cases.add(new WindowCase(
                                    size, strides, dilation, padding, format, image.get(0), image.get(1)));
                        }
                    }
                }
            }
        }
        return cases.stream();
    }

    SlidingWindow toSlidingWindow() {
        return new SlidingWindow(size, strides, List.of(dilation, dilation), padding, dataFormat);
    }

    int outputHeight() {
        return outputSize(0, height);
    }

    int outputWidth() {
        return outputSize(1, width);
    }

    /** The row of the image under the window's first row; negative above the image. */
    int top(int outputRow) {
        return outputRow * strides.get(0) - paddingBefore(0, height);
    }

    /** The column of the image under the window's first column; negative to the left of the image. */
    int left(int outputColumn) {
        return outputColumn * strides.get(1) - paddingBefore(1, width);
    }

    private int outputSize(int axis, int inputSize) {
        int stride = strides.get(axis);
        int lastStart = padding == Padding.SAME ? inputSize - 1 : inputSize - extent(axis);
        return lastStart / stride + 1;
    }

    /** TensorFlow's rule: no more padding than the last window needs, and the odd one at the end. */
    private int paddingBefore(int axis, int inputSize) {
        if (padding == Padding.VALID) {
            return 0;
        }
        int needed = (outputSize(axis, inputSize) - 1) * strides.get(axis) + extent(axis);
        return Math.max(needed - inputSize, 0) / 2;
    }

    private int extent(int axis) {
        return (size.get(axis) - 1) * dilation + 1;
    }
}
