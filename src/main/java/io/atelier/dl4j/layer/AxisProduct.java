package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Each value along an axis as a weighted sum of the values there: a matrix product, whose transpose gives the gradient. */
abstract class AxisProduct implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final int axis;
    private final int size;

    AxisProduct(int axis, int size) {
        this.axis = axis;
        this.size = size;
    }

    /** How much of each input (row) is in each output (column). */
    abstract float[][] weights(int from, int to);

    @Override
    public final INDArray apply(INDArray x) {
        return product(x, matrix(x));
    }

    @Override
    public final INDArray gradient(INDArray x, INDArray outputGradient) {
        return product(outputGradient, matrix(x).transpose());
    }

    private INDArray matrix(INDArray x) {
        return Nd4j.create(weights(Math.toIntExact(x.size(axis)), size));
    }

    private INDArray product(INDArray x, INDArray matrix) {
        long[] shape = x.shape().clone();
        shape[axis] = matrix.columns();
        return Matrices.tensor(Matrices.of(x, axis).mmul(matrix), shape, axis);
    }
}
