package io.atelier.keras.layer;

import java.util.List;

/**
 * Lays tensors side by side along one axis.
 *
 * <p>Shapes for the last axis: inputs {@code (batch, …, a)} and {@code (batch, …, b)}, output {@code (batch, …, a + b)}.
 *
 * @param axis counted from the batch, or negative from the back; the last by default
 */
public record Concatenate(int axis) implements MergingLayer {
    @Override
    public String className() {
        return "Concatenate";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape output = inputs.get(0);
        int along = output.axisIndex(axis);
        for (Shape input : inputs.subList(1, inputs.size())) {
            if (input.rank() != output.rank()) {
                throw mismatch(inputs);
            }
            for (int i = 0; i < output.rank(); i++) {
                output = output.with(
                        i,
                        i == along
                                ? sum(output.size(i), input.size(i))
                                : common(output.size(i), input.size(i), inputs));
            }
        }
        return output;
    }

    private static int sum(int one, int other) {
        return one == Shape.UNKNOWN || other == Shape.UNKNOWN ? Shape.UNKNOWN : Math.addExact(one, other);
    }

    /** As Keras, the first input's size where another's is open. */
    private int common(int one, int other, List<Shape> inputs) {
        if (one != Shape.UNKNOWN && other != Shape.UNKNOWN && one != other) {
            throw mismatch(inputs);
        }
        return one;
    }

    private IllegalArgumentException mismatch(List<Shape> inputs) {
        return new IllegalArgumentException(
                "expected inputs of the same shape but for axis " + axis + "; received shapes " + inputs);
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.USES;
    }
}
