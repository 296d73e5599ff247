package io.atelier.keras.layer;

import java.util.Collections;
import java.util.List;

/**
 * Keeps one value of every window: MaxPooling1D to 3D, AveragePooling1D to 3D.
 *
 * <p>Shapes for rank 2, {@code channels_last}: input {@code (batch, height, width, channels)}, output
 * {@code (batch, newHeight, newWidth, channels)} where a new size is {@code ceil(size / stride)} for {@code same} padding
 * and {@code floor((size - poolSize) / stride) + 1} for {@code valid}. Source: keras/src/layers/pooling/base_pooling.py.
 *
 * @param kind the largest or the mean value
 * @param rank the number of spatial axes, 1 to 3
 * @param poolSize one size for each spatial axis
 * @param strides one for each spatial axis; the pool size by default
 * @param padding valid by default
 * @param dataFormat channels_last by default
 */
public record Pooling(
        PoolingKind kind,
        int rank,
        List<Integer> poolSize,
        List<Integer> strides,
        Padding padding,
        DataFormat dataFormat)
        implements UnaryLayer {
    public Pooling {
        Require.spatialRank(rank);
        poolSize = Require.positive("pool_size", poolSize, rank);
        strides = Require.positive("strides", strides, rank);
    }

    @Override
    public String className() {
        return (kind == PoolingKind.MAX ? "MaxPooling" : "AveragePooling") + rank + "D";
    }

    @Override
    public Shape outputShape(Shape input) {
        return SlidingWindow.outputShape(input, poolSize, strides, Collections.nCopies(rank, 1), padding, dataFormat);
    }
}
