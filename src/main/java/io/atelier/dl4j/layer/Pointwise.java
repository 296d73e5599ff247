package io.atelier.dl4j.layer;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** One of the {@link Curve}s, applied to every value. */
public final class Pointwise extends Elementwise {
    private static final long serialVersionUID = 1;

    private final Curve curve;

    @JsonCreator
    public Pointwise(@JsonProperty("curve") Curve curve) {
        this.curve = curve;
    }

    @Override
    public float value(float x) {
        return (float) curve.value(x);
    }

    @Override
    public float derivative(float x) {
        return (float) curve.slope(x);
    }
}
