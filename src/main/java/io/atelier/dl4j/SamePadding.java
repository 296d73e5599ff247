package io.atelier.dl4j;

import io.atelier.keras.layer.Padding;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Same padding where windows are far apart: Deeplearning4j computes a negative padding there, and starts within the
 * input instead of at its edge.
 */
final class SamePadding {
    private SamePadding() {}

    /** Why windows of this size cannot be placed with these strides; empty if they can. */
    static Optional<String> refusal(Padding padding, List<Integer> window, List<Integer> strides) {
        boolean isFarApart =
                IntStream.range(0, window.size()).anyMatch(axis -> strides.get(axis) > window.get(axis) + 1);
        return lowered(padding, window) == Padding.SAME && isFarApart
                ? Optional.of("with padding 'same', strides must be at most the window's size plus 1 in engine dl4j;"
                        + " received strides " + strides + " for a window of " + window)
                : Optional.empty();
    }

    /** The padding to lower to: a window of 1 never reaches over the edge. */
    static Padding lowered(Padding padding, List<Integer> window) {
        return window.stream().allMatch(size -> size == 1) ? Padding.VALID : padding;
    }
}
