package io.atelier.dl4j.layer;

import io.atelier.keras.layer.Interpolation;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** An axis of pictures made longer or shorter. */
public final class Resample extends AxisProduct {
    private static final long serialVersionUID = 1;

    private final Interpolation interpolation;

    @JsonCreator
    public Resample(
            @JsonProperty("axis") int axis,
            @JsonProperty("size") int size,
            @JsonProperty("interpolation") Interpolation interpolation) {
        super(axis, size);
        this.interpolation = interpolation;
    }

    @Override
    float[][] weights(int from, int to) {
        return interpolation.weights(from, to);
    }
}
