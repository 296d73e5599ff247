package io.atelier.keras.layer;

import java.util.List;

/**
 * Adds an axis of size 1: {@code keras.ops.expand_dims}.
 *
 * @param axis where the output has it, behind the batch; negative to count from the back
 */
public record ExpandDims(int axis) implements Operation {
    @Override
    public String className() {
        return "ExpandDims";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Require.single(inputs);
        int index = axis < 0 ? axis + input.rank() + 1 : axis;
        if (index < 1 || index > input.rank()) {
            throw new IllegalArgumentException(
                    "axis must be one of the output's, behind the batch; received " + axis + " for shape " + input);
        }
        return input.slice(0, index)
                .append(1)
                .append(input.slice(index, input.rank()).toArray());
    }
}
