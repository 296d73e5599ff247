package io.atelier.dl4j;

import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.SlidingWindow;
import java.util.stream.IntStream;

/**
 * Same padding where windows are far apart: Deeplearning4j computes a negative padding there, and starts within the
 * input instead of at its edge.
 */
final class SamePadding {
    private SamePadding() {}

    /** Whether Deeplearning4j puts windows of this size with these strides where Keras does. */
    static boolean isRight(SlidingWindow window) {
        boolean isFarApart = IntStream.range(0, window.rank())
                .anyMatch(axis -> window.strides().get(axis) > window.size().get(axis) + 1);
        return lowered(window) == Padding.VALID || !isFarApart;
    }

    /** The padding to lower to: a window of 1 never reaches over the edge. */
    static Padding lowered(SlidingWindow window) {
        return window.size().stream().allMatch(size -> size == 1) ? Padding.VALID : window.padding();
    }
}
