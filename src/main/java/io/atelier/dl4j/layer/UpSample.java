package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Neighbouring axes made longer by whole factors: each value repeated, or interpolated between the middles of the values.
 *
 * <p>Along each axis the output is a matrix times the input, and its transpose gives the gradient.
 */
public final class UpSample implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final int firstAxis;
    private final int[] factors;
    private final boolean linear;

    /**
     * @param firstAxis the axis that the first factor is for; those after it are for the axes after it
     * @param linear whether to interpolate
     */
    @JsonCreator
    public UpSample(
            @JsonProperty("firstAxis") int firstAxis,
            @JsonProperty("factors") int[] factors,
            @JsonProperty("linear") boolean linear) {
        this.firstAxis = firstAxis;
        this.factors = factors.clone();
        this.linear = linear;
    }

    @Override
    public INDArray apply(INDArray x) {
        INDArray y = x;
        for (int i = 0; i < factors.length; i++) {
            y = product(y, firstAxis + i, weights(x.size(firstAxis + i), factors[i]));
        }
        return y;
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        INDArray gradient = outputGradient;
        for (int i = 0; i < factors.length; i++) {
            INDArray weights = weights(x.size(firstAxis + i), factors[i]);
            gradient = product(gradient, firstAxis + i, weights.transpose());
        }
        return gradient;
    }

    private static INDArray product(INDArray x, int axis, INDArray weights) {
        long[] shape = x.shape().clone();
        shape[axis] = weights.columns();
        return Matrices.tensor(Matrices.of(x, axis).mmul(weights), shape, axis);
    }

    /** How much of each input (row) is in each output (column). */
    private INDArray weights(long size, int factor) {
        float[][] weights = new float[Math.toIntExact(size)][Math.toIntExact(size * factor)];
        for (int output = 0; output < weights[0].length; output++) {
            if (linear) {
                double position = Math.max((output + 0.5) / factor - 0.5, 0);
                int below = (int) position;
                int above = Math.min(below + 1, weights.length - 1);
                weights[below][output] += (float) (1 - (position - below));
                weights[above][output] += (float) (position - below);
            } else {
                weights[output / factor][output] = 1;
            }
        }
        return Nd4j.create(weights);
    }
}
