package io.atelier.keras.layer;

import java.util.Optional;

/**
 * Multiplies with normally distributed noise around 1 while training, and does nothing in inference.
 *
 * @param rate from 0 to 1; the noise has the standard deviation {@code sqrt(rate / (1 - rate))}
 * @param seed of the random numbers; empty: a new one every time
 */
public record GaussianDropout(double rate, Optional<Long> seed) implements UnaryLayer {
    public GaussianDropout {
        Require.rate(rate);
    }

    @Override
    public String className() {
        return "GaussianDropout";
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
