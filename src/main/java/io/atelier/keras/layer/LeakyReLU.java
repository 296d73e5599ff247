package io.atelier.keras.layer;

import java.util.Optional;

/**
 * {@code x} if positive, else {@code negativeSlope * x}.
 *
 * @param negativeSlope at least 0; 0.3 by default
 */
public record LeakyReLU(double negativeSlope) implements ActivationOption, UnaryLayer {
    public LeakyReLU {
        Require.atLeastZero("negative_slope", negativeSlope);
    }

    /** The same function as a ReLU. */
    public ReLU asReLU() {
        return new ReLU(Optional.empty(), negativeSlope, 0);
    }

    @Override
    public String className() {
        return "LeakyReLU";
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.PASSES;
    }
}
