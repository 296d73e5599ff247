package io.atelier.conformance;

import io.atelier.keras.layer.Shape;
import java.util.List;
import java.util.Optional;

/**
 * How one tensor of ours compares with Keras's.
 *
 * @param name of the layer, with the index of the call if it has several: {@code conv2d}, {@code d@1}; of an output its
 *     place: {@code outputs/0}
 * @param className of the layer that makes it: {@code Conv2D}
 * @param shape of Keras's tensor, with as many rows as were compared
 * @param maxAbs the largest difference; infinite or NaN where only one side is finite or a number; NaN if nothing could
 *     be compared
 * @param maxRel {@code maxAbs / max(1, max|Keras|)}, the maximum taken over Keras's finite values
 * @param verdict whether {@code maxRel} is within the tolerance
 * @param largest where the difference is largest; empty if there is none or nothing could be compared
 * @param obstacle why nothing could be compared: another shape; empty if it could
 */
public record TensorComparison(
        String name,
        String className,
        Shape shape,
        double maxAbs,
        double maxRel,
        Verdict verdict,
        Optional<Difference> largest,
        Optional<String> obstacle) {
    /**
     * Two values at the same place.
     *
     * @param index of the place, one number an axis
     * @param ours what the engine computed
     * @param keras what Keras computed
     */
    public record Difference(List<Integer> index, float ours, float keras) {
        public Difference {
            index = List.copyOf(index);
        }

        /** Such as {@code at [2, 7]: 0.25, Keras 0.5}. */
        @Override
        public String toString() {
            return "at " + index + ": " + ours + ", Keras " + keras;
        }
    }
}
