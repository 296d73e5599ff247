package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** {@code x / max(norm, smallest)}, with the Euclidean norm over some axes; negative ones are counted from the back. */
public final class UnitNorm implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final double smallest;
    private final int[] axes;

    @JsonCreator
    public UnitNorm(@JsonProperty("smallest") double smallest, @JsonProperty("axes") int... axes) {
        this.smallest = smallest;
        this.axes = axes.clone();
    }

    @Override
    public INDArray apply(INDArray x) {
        int[] columns = Matrices.axes(x.rank(), axes);
        INDArray matrix = Matrices.of(x, columns);
        return Matrices.tensor(matrix.diviColumnVector(norm(matrix)), x.shape(), columns);
    }

    /** {@code (g - y * sum(g * y)) / norm}; where the norm is too small, it is a constant. */
    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        int[] columns = Matrices.axes(x.rank(), axes);
        INDArray y = Matrices.of(x, columns);
        INDArray gradient = Matrices.of(outputGradient, columns);
        INDArray norm = norm(y);
        y.diviColumnVector(norm);
        INDArray along = gradient.mul(y).sum(true, 1).muli(norm.gt(smallest).castTo(x.dataType()));
        return Matrices.tensor(gradient.subi(y.muliColumnVector(along)).diviColumnVector(norm), x.shape(), columns);
    }

    private INDArray norm(INDArray matrix) {
        return Transforms.max(Transforms.sqrt(matrix.mul(matrix).sum(true, 1), false), smallest, false);
    }
}
