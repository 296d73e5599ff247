package io.atelier.keras.layer;

import java.util.List;

/**
 * Whether any flag along some axes is true: {@code keras.ops.any}.
 *
 * <p>Shapes for the last axis: input {@code (batch, steps, features)}, output {@code (batch, steps)}.
 *
 * @param axes at least one and not the batch, negative ones counted from the back
 * @param keepdims whether the axes stay, with size 1; false by default
 */
public record AnyAlong(List<Integer> axes, boolean keepdims) implements Operation {
    public AnyAlong {
        axes = List.copyOf(axes);
        if (axes.isEmpty()) {
            throw new IllegalArgumentException("axis must name at least one axis; received ()");
        }
    }

    @Override
    public String className() {
        return "Any";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Require.single(inputs);
        Require.notBatch(axes, input);
        List<Integer> along = axes.stream().map(input::axisIndex).toList();
        Shape output = Shape.of();
        for (int axis = 0; axis < input.rank(); axis++) {
            if (!along.contains(axis)) {
                output = output.append(input.size(axis));
            } else if (keepdims) {
                output = output.append(1);
            }
        }
        return output;
    }
}
