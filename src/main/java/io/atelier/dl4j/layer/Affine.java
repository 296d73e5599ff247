package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** {@code x * scale + offset}, each one value or one for each index of the last axis: Keras's Rescaling. */
public final class Affine implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final float[] scale;
    private final float[] offset;

    @JsonCreator
    public Affine(@JsonProperty("scale") float[] scale, @JsonProperty("offset") float[] offset) {
        this.scale = scale.clone();
        this.offset = offset.clone();
    }

    @Override
    public INDArray apply(INDArray x) {
        int last = x.rank() - 1;
        INDArray matrix = Matrices.of(x, last);
        matrix.muliRowVector(row(scale, matrix.columns()));
        matrix.addiRowVector(row(offset, matrix.columns()));
        return Matrices.tensor(matrix, x.shape(), last);
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        int last = x.rank() - 1;
        INDArray matrix = Matrices.of(outputGradient, last);
        matrix.muliRowVector(row(scale, matrix.columns()));
        return Matrices.tensor(matrix, x.shape(), last);
    }

    private static INDArray row(float[] values, int columns) {
        return values.length == 1
                ? Nd4j.valueArrayOf(1, columns, values[0])
                : Nd4j.create(values, new long[] {1, columns}, 'c');
    }
}
