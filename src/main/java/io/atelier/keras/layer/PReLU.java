package io.atelier.keras.layer;

import java.util.List;

/**
 * {@code x} if positive, else {@code alpha * x}, where alpha is learnt.
 *
 * <p>Weight: alpha, of the input's shape without the batch, with size 1 along the shared axes. Source:
 * keras/src/layers/activations/prelu.py.
 *
 * @param sharedAxes along which there is one alpha for all values, counted from the batch, which is 0; none by default
 */
public record PReLU(List<Integer> sharedAxes) implements UnaryLayer {
    public PReLU {
        sharedAxes = List.copyOf(sharedAxes);
    }

    @Override
    public String className() {
        return "PReLU";
    }

    @Override
    public Shape outputShape(Shape input) {
        if (sharedAxes.stream().anyMatch(axis -> axis < 1 || axis >= input.rank())) {
            throw new IllegalArgumentException("shared_axes must be from 1 to " + (input.rank() - 1) + "; received "
                    + sharedAxes + " for an input of shape " + input);
        }
        return input;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        Shape alpha = outputShape(input);
        for (int axis : sharedAxes) {
            alpha = alpha.with(axis, 1);
        }
        for (int axis = 1; axis < alpha.rank(); axis++) {
            Require.knownAxis(alpha, axis);
        }
        return List.of(new WeightSpec("alpha", alpha.slice(1, alpha.rank()), true));
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.PASSES;
    }
}
