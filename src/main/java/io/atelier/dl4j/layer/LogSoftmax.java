package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@code log(exp(x) / sum(exp(x)))}, summed over the last axis. */
public final class LogSoftmax implements TensorFunction {
    private static final long serialVersionUID = 1;

    @Override
    public INDArray apply(INDArray x) {
        return Matrices.tensor(logSoftmax(x), x.shape(), x.rank() - 1);
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        INDArray gradient = Matrices.of(outputGradient, x.rank() - 1);
        INDArray softmax = Transforms.exp(logSoftmax(x), false);
        INDArray common = softmax.muliColumnVector(gradient.sum(true, 1));
        return Matrices.tensor(gradient.subi(common), x.shape(), x.rank() - 1);
    }

    private static INDArray logSoftmax(INDArray x) {
        INDArray matrix = Matrices.of(x, x.rank() - 1);
        matrix.subiColumnVector(matrix.max(true, 1));
        INDArray sum = Transforms.exp(matrix, true).sum(true, 1);
        return matrix.subiColumnVector(Transforms.log(sum, false));
    }
}
