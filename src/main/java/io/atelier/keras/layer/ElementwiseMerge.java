package io.atelier.keras.layer;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Merges tensors value by value: Add, Subtract, Multiply, Average, Maximum, Minimum.
 *
 * <p>Axes of size 1 are repeated to fit, and a tensor of fewer axes than another gets axes of size 1 after its batch axis.
 * Shapes: inputs {@code (batch, height, width, channels)} and {@code (batch, channels)}, output
 * {@code (batch, height, width, channels)}. Source: keras/src/layers/merging/base_merge.py.
 *
 * @param kind what becomes of the values; Subtract takes exactly two inputs
 */
public record ElementwiseMerge(MergeKind kind) implements MergingLayer {
    @Override
    public String className() {
        return kind.className();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (kind == MergeKind.SUBTRACT && inputs.size() != 2) {
            throw new IllegalArgumentException("the layer takes two inputs; received " + inputs.size());
        }
        inputs.forEach(input -> Require.rankAtLeast(1, input));
        Set<Integer> batches = inputs.stream()
                .map(input -> input.size(0))
                .filter(size -> size != Shape.UNKNOWN)
                .collect(Collectors.toSet());
        if (batches.size() > 1) {
            throw mismatch(inputs);
        }
        Shape merged = withoutBatch(inputs.get(0));
        for (Shape input : inputs) {
            merged = merge(merged, withoutBatch(input), inputs);
        }
        return Shape.of(batches.stream().findFirst().orElse(Shape.UNKNOWN)).append(merged.toArray());
    }

    private static Shape withoutBatch(Shape shape) {
        return shape.slice(1, shape.rank());
    }

    private static Shape merge(Shape one, Shape other, List<Shape> inputs) {
        if (one.rank() < other.rank()) {
            return merge(other, one, inputs);
        }
        Shape merged = one;
        for (int axis = -1; axis >= -other.rank(); axis--) {
            int size = one.size(axis);
            int otherSize = other.size(axis);
            if (size == Shape.UNKNOWN || otherSize == Shape.UNKNOWN) {
                merged = merged.with(axis, Shape.UNKNOWN);
            } else if (size == 1) {
                merged = merged.with(axis, otherSize);
            } else if (otherSize != 1 && otherSize != size) {
                throw mismatch(inputs);
            }
        }
        return merged;
    }

    private static IllegalArgumentException mismatch(List<Shape> inputs) {
        return new IllegalArgumentException(
                "expected inputs of the same shape, or such that sizes of 1 make fit; received shapes " + inputs);
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.USES;
    }
}
