package io.atelier.keras.layer;

import java.util.List;
import java.util.Optional;

/**
 * Drops values so that mean and variance stay, for networks of selu, while training, and does nothing in inference.
 *
 * @param rate the share of values dropped, from 0 to 1
 * @param noiseShape which axes share their fate, -1 for the input's size; empty: every value for itself
 * @param seed of the random numbers; empty: a new one every time
 */
public record AlphaDropout(double rate, Optional<List<Integer>> noiseShape, Optional<Long> seed) implements UnaryLayer {
    public AlphaDropout {
        Require.rate(rate);
        noiseShape = noiseShape.map(List::copyOf);
    }

    @Override
    public String className() {
        return "AlphaDropout";
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
