package io.atelier.dl4j.layer;

import io.atelier.keras.layer.AdaptivePooling;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The means of so many windows along an axis: Keras's AdaptiveAveragePooling for one axis. */
public final class AxisMeans extends AxisProduct {
    private static final long serialVersionUID = 1;

    @JsonCreator
    public AxisMeans(@JsonProperty("axis") int axis, @JsonProperty("size") int size) {
        super(axis, size);
    }

    @Override
    float[][] weights(int from, int to) {
        return AdaptivePooling.weights(from, to);
    }
}
