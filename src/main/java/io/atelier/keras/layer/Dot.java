package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * The sum of products along one axis of each of two tensors, row by row of the batch.
 *
 * <p>Shapes: inputs {@code (batch, a…, n)} and {@code (batch, n, b…)} with axes (-1, 1), output {@code (batch, a…, b…)}, or
 * {@code (batch, 1)} if nothing else is left. Source: keras/src/layers/merging/dot.py.
 *
 * @param axes one for each input, counted from the batch (which must not be one) or negative from the back
 * @param normalize whether each tensor is first divided by its length along that axis (and at least by 1e-7); false by
 *     default
 */
public record Dot(List<Integer> axes, boolean normalize) implements MergingLayer {
    /** The least length by which Keras divides. */
    public static final double EPSILON = 1e-7;

    public Dot {
        axes = List.copyOf(axes);
        if (axes.size() != 2) {
            throw new IllegalArgumentException("axes must be one or two integers; received " + axes);
        }
    }

    @Override
    public String className() {
        return "Dot";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.size() != 2) {
            throw new IllegalArgumentException("the layer takes two inputs; received " + inputs.size());
        }
        List<Integer> sizes = new ArrayList<>();
        Shape output = Shape.of();
        for (int i = 0; i < 2; i++) {
            Shape input = inputs.get(i);
            Require.rankAtLeast(2, input);
            int axis = axis(i, input);
            sizes.add(input.size(axis));
            output = output.append(input.slice(i, axis).toArray())
                    .append(input.slice(axis + 1, input.rank()).toArray());
        }
        if (!sizes.get(0).equals(sizes.get(1))) {
            throw new IllegalArgumentException("expected inputs with the same size at axes " + axes
                    + "; received shapes " + inputs.get(0) + " and " + inputs.get(1));
        }
        return output.rank() == 1 ? output.append(1) : output;
    }

    /**
     * The axis of an input that is summed over, counted from the batch.
     *
     * @param index 0 for the first input, 1 for the second
     * @throws IllegalArgumentException if it is the batch axis or there is none
     */
    public int axis(int index, Shape input) {
        int axis = input.axisIndex(axes.get(index));
        if (axis == 0) {
            throw new IllegalArgumentException("axes must not be the batch axis 0; received " + axes);
        }
        return axis;
    }
}
