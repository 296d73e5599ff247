package io.atelier.dl4j.layer;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** {@code min(max(slope * x + intercept, least), most)}: relu6, hard_tanh and the sigmoids made of straight lines. */
public final class Ramp extends Elementwise {
    private static final long serialVersionUID = 1;

    private final double slope;
    private final double intercept;
    private final double least;
    private final double most;

    @JsonCreator
    public Ramp(
            @JsonProperty("slope") double slope,
            @JsonProperty("intercept") double intercept,
            @JsonProperty("least") double least,
            @JsonProperty("most") double most) {
        this.slope = slope;
        this.intercept = intercept;
        this.least = least;
        this.most = most;
    }

    @Override
    public float value(float x) {
        return (float) Math.min(Math.max(slope * x + intercept, least), most);
    }

    @Override
    public float derivative(float x) {
        double y = slope * x + intercept;
        return y > least && y < most ? (float) slope : 0;
    }
}
