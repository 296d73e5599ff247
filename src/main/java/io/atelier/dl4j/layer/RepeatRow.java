package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Each row of a matrix several times: {@code (batch, features)} to {@code (batch, times, features)}. */
public final class RepeatRow implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final int times;

    @JsonCreator
    public RepeatRow(@JsonProperty("times") int times) {
        this.times = times;
    }

    @Override
    public INDArray apply(INDArray x) {
        return Nd4j.tile(x.dup('c').reshape('c', x.size(0), 1, x.size(1)), 1, times, 1);
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        return outputGradient.sum(1);
    }
}
