package io.atelier.dl4j.layer;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The number of the bin that a value is in: of the boundaries that it is not below. */
public final class Bins extends Elementwise {
    private static final long serialVersionUID = 1;

    private final float[] boundaries;

    @JsonCreator
    public Bins(@JsonProperty("boundaries") float... boundaries) {
        this.boundaries = boundaries.clone();
    }

    @Override
    public float value(float x) {
        int bin = 0;
        for (float boundary : boundaries) {
            if (!(x < boundary)) {
                bin++;
            }
        }
        return bin;
    }

    @Override
    public float derivative(float x) {
        return 0;
    }
}
