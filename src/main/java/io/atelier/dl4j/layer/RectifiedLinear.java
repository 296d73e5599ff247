package io.atelier.dl4j.layer;

import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keras's ReLU with all its options, in the order of operations of {@code keras.activations.relu}.
 *
 * <p>Values at or below the threshold become 0, the rest is cut at the maximum, and
 * {@code negativeSlope * (threshold - x)} is taken off below the threshold. NaN stays NaN.
 */
public final class RectifiedLinear extends Elementwise {
    private static final long serialVersionUID = 1;

    private final @Nullable Double maxValue;
    private final double negativeSlope;
    private final double threshold;

    @JsonCreator
    public RectifiedLinear(
            @JsonProperty("maxValue") @Nullable Double maxValue,
            @JsonProperty("negativeSlope") double negativeSlope,
            @JsonProperty("threshold") double threshold) {
        this.maxValue = maxValue;
        this.negativeSlope = negativeSlope;
        this.threshold = threshold;
    }

    @Override
    public float value(float x) {
        float y = x <= (float) threshold ? 0 : x;
        if (maxValue != null) {
            y = Math.min(y, maxValue.floatValue());
        }
        return x < (float) threshold && negativeSlope != 0 ? y - (float) negativeSlope * ((float) threshold - x) : y;
    }

    @Override
    public float derivative(float x) {
        if (x < (float) threshold) {
            return (float) negativeSlope;
        }
        return x > (float) threshold && (maxValue == null || x < maxValue.floatValue()) ? 1 : 0;
    }
}
