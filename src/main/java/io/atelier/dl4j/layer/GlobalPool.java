package io.atelier.dl4j.layer;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The largest or the mean value over the spatial axes of every channel, which stay with size 1 if asked for; equal
 * largest values share the gradient, as in Keras.
 */
public final class GlobalPool implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final boolean max;
    private final boolean channelsFirst;
    private final boolean keepdims;

    @JsonCreator
    public GlobalPool(
            @JsonProperty("max") boolean max,
            @JsonProperty("channelsFirst") boolean channelsFirst,
            @JsonProperty("keepdims") boolean keepdims) {
        this.max = max;
        this.channelsFirst = channelsFirst;
        this.keepdims = keepdims;
    }

    @Override
    public INDArray apply(INDArray x) {
        INDArray matrix = Matrices.of(x, spatialAxes(x.rank()));
        INDArray pooled = max ? matrix.max(true, 1) : matrix.mean(true, 1);
        return pooled.reshape('c', keepdims ? keptShape(x) : new long[] {x.size(0), channels(x)});
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        int[] spatial = spatialAxes(x.rank());
        INDArray matrix = Matrices.of(x, spatial);
        INDArray gradient = outputGradient.dup('c').reshape('c', matrix.rows(), 1);
        INDArray share;
        if (max) {
            INDArray largest = matrix.max(true, 1);
            share = matrix.subColumnVector(largest).eq(0).castTo(x.dataType());
            share.diviColumnVector(share.sum(true, 1));
        } else {
            share = matrix.ulike().assign(1.0 / matrix.columns());
        }
        return Matrices.tensor(share.muliColumnVector(gradient), x.shape(), spatial);
    }

    private int[] spatialAxes(int rank) {
        int[] axes = new int[rank - 2];
        Arrays.setAll(axes, i -> i + (channelsFirst ? 2 : 1));
        return axes;
    }

    private long channels(INDArray x) {
        return x.size(channelsFirst ? 1 : x.rank() - 1);
    }

    private long[] keptShape(INDArray x) {
        // A copy, since ND4J hands out the array that its own shape is kept in.
        long[] shape = x.shape().clone();
        for (int axis : spatialAxes(x.rank())) {
            shape[axis] = 1;
        }
        return shape;
    }
}
