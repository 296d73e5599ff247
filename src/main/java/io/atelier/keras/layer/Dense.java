package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code activation(x · kernel + bias)} along the last axis.
 *
 * <p>Shapes: input {@code (batch, …, inputs)}, kernel {@code (inputs, units)}, bias {@code (units)}, output
 * {@code (batch, …, units)}. Source: keras/src/layers/core/dense.py.
 *
 * @param units size of the output's last axis, at least 1
 * @param activation applied to the result; linear by default
 * @param useBias whether a bias is added; true by default
 */
public record Dense(int units, ActivationOption activation, boolean useBias) implements UnaryLayer {
    public Dense {
        Require.positive("units", units);
    }

    @Override
    public String className() {
        return "Dense";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rankAtLeast(2, input);
        return input.with(-1, units);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.trainable("kernel", Require.knownAxis(input, -1), units));
        if (useBias) {
            weights.add(WeightSpec.trainable("bias", units));
        }
        return weights;
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.PASSES;
    }
}
