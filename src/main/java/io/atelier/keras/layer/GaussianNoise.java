package io.atelier.keras.layer;

import java.util.Optional;

/**
 * Adds normally distributed noise while training, and does nothing in inference.
 *
 * @param stddev of the noise, at least 0
 * @param seed of the random numbers; empty: a new one every time
 */
public record GaussianNoise(double stddev, Optional<Long> seed) implements UnaryLayer {
    public GaussianNoise {
        Require.atLeastZero("stddev", stddev);
    }

    @Override
    public String className() {
        return "GaussianNoise";
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
