package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** {@code exp(x) / sum(exp(x))}, summed over some axes; negative ones are counted from the back. */
public final class SoftmaxOverAxes implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final int[] axes;

    @JsonCreator
    public SoftmaxOverAxes(@JsonProperty("axes") int... axes) {
        this.axes = axes.clone();
    }

    @Override
    public INDArray apply(INDArray x) {
        int[] columns = Matrices.axes(x.rank(), axes);
        return Matrices.tensor(softmax(x, columns), x.shape(), columns);
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        int[] columns = Matrices.axes(x.rank(), axes);
        INDArray y = softmax(x, columns);
        INDArray gradient = Matrices.of(outputGradient, columns);
        INDArray common = gradient.mul(y).sum(true, 1);
        return Matrices.tensor(gradient.subColumnVector(common).muli(y), x.shape(), columns);
    }

    private static INDArray softmax(INDArray x, int... columns) {
        INDArray matrix = Matrices.of(x, columns);
        return Nd4j.exec(new SoftMax(matrix, matrix.ulike(), 1))[0];
    }
}
