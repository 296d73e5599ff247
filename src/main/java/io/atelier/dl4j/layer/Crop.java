package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** What is left of a tensor without the two ends of neighbouring axes. */
public final class Crop implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final int firstAxis;
    private final int[] before;
    private final int[] after;

    /**
     * @param firstAxis the axis that the first of the margins are for; those after it are for the axes after it
     */
    @JsonCreator
    public Crop(
            @JsonProperty("firstAxis") int firstAxis,
            @JsonProperty("before") int[] before,
            @JsonProperty("after") int[] after) {
        this.firstAxis = firstAxis;
        this.before = before.clone();
        this.after = after.clone();
    }

    @Override
    public INDArray apply(INDArray x) {
        return Margins.without(x, firstAxis, before, after);
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        return Margins.around(outputGradient, firstAxis, before, after, 0);
    }
}
