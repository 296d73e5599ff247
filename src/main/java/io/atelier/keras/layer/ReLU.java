package io.atelier.keras.layer;

import java.util.Optional;

/**
 * {@code maxValue} where {@code x >= maxValue}, {@code x} where {@code threshold <= x}, and
 * {@code negativeSlope * (x - threshold)} below.
 *
 * @param maxValue the upper bound, at least 0; none by default
 * @param negativeSlope at least 0; 0 by default
 * @param threshold at least 0; 0 by default
 */
public record ReLU(Optional<Double> maxValue, double negativeSlope, double threshold)
        implements ActivationOption, UnaryLayer {
    public ReLU {
        maxValue.ifPresent(value -> Require.atLeastZero("max_value", value));
        Require.atLeastZero("negative_slope", negativeSlope);
        Require.atLeastZero("threshold", threshold);
    }

    @Override
    public String className() {
        return "ReLU";
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
