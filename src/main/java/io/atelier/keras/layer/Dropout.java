package io.atelier.keras.layer;

import java.util.List;
import java.util.Optional;

/**
 * Sets values to 0 at random while training, and does nothing in inference.
 *
 * @param rate the share of values dropped, from 0 to 1
 * @param noiseShape which axes share their fate; empty: every value for itself
 * @param seed of the random numbers; empty: a new one every time
 */
public record Dropout(double rate, Optional<List<Integer>> noiseShape, Optional<Long> seed) implements UnaryLayer {
    public Dropout {
        Require.rate(rate);
        noiseShape = noiseShape.map(List::copyOf);
    }

    @Override
    public String className() {
        return "Dropout";
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
