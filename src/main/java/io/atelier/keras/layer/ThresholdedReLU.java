package io.atelier.keras.layer;

import java.util.Optional;

/**
 * {@code x} if greater than {@code theta}, else 0: a layer that Keras 3 no longer has.
 *
 * @param theta at least 0; 1 by default
 */
public record ThresholdedReLU(double theta) implements ActivationOption, UnaryLayer {
    public ThresholdedReLU {
        Require.atLeastZero("theta", theta);
    }

    /** The same function as a ReLU. */
    public ReLU asReLU() {
        return new ReLU(Optional.empty(), 0, theta);
    }

    @Override
    public String className() {
        return "ThresholdedReLU";
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
