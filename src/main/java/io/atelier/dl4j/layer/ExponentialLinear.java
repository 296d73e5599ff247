package io.atelier.dl4j.layer;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** {@code x} if positive, else {@code alpha * (exp(x) - 1)}: Keras's ELU with any alpha. */
public final class ExponentialLinear extends Elementwise {
    private static final long serialVersionUID = 1;

    private final double alpha;

    @JsonCreator
    public ExponentialLinear(@JsonProperty("alpha") double alpha) {
        this.alpha = alpha;
    }

    @Override
    public float value(float x) {
        return x > 0 ? x : (float) (alpha * Math.expm1(x));
    }

    @Override
    public float derivative(float x) {
        return x > 0 ? 1 : (float) (alpha * Math.exp(x));
    }
}
