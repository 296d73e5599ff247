package io.atelier.dl4j.layer;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The sum of products along one axis of each of two tensors, row by row of the batch.
 *
 * <p>Shapes: {@code (batch, a…)} and {@code (batch, b…)}, each with the axis that is summed over; output
 * {@code (batch, a…, b…)} without those axes, or {@code (batch, 1)} if nothing else is left.
 */
public final class BatchDot implements TensorsFunction {
    private static final long serialVersionUID = 1;

    private final int axis;
    private final int otherAxis;
    /** The least length that a tensor is divided by before; 0 if none is divided. */
    private final double epsilon;

    @JsonCreator
    public BatchDot(
            @JsonProperty("axis") int axis,
            @JsonProperty("otherAxis") int otherAxis,
            @JsonProperty("epsilon") double epsilon) {
        this.axis = axis;
        this.otherAxis = otherAxis;
        this.epsilon = epsilon;
    }

    @Override
    public INDArray apply(List<INDArray> x) {
        INDArray rows = normalized(matrix(x, 0));
        INDArray otherRows = normalized(matrix(x, 1));
        long batch = x.get(0).size(0);
        INDArray[] products = IntStream.range(0, (int) batch)
                .mapToObj(
                        i -> part(rows, i, batch).mmul(part(otherRows, i, batch).transpose()))
                .toArray(INDArray[]::new);
        return Nd4j.concat(0, products).dup('c').reshape('c', outputShape(x));
    }

    @Override
    public List<INDArray> gradients(List<INDArray> x, INDArray outputGradient) {
        INDArray matrix = matrix(x, 0);
        INDArray otherMatrix = matrix(x, 1);
        INDArray rows = normalized(matrix);
        INDArray otherRows = normalized(otherMatrix);
        long batch = x.get(0).size(0);
        INDArray outputs = outputGradient.dup('c').reshape('c', rows.rows(), otherRows.rows() / batch);
        INDArray[] ofRows = new INDArray[(int) batch];
        INDArray[] ofOtherRows = new INDArray[(int) batch];
        for (int i = 0; i < batch; i++) {
            INDArray output = part(outputs, i, batch);
            ofRows[i] = output.mmul(part(otherRows, i, batch));
            ofOtherRows[i] = output.transpose().mmul(part(rows, i, batch));
        }
        INDArray gradient = unnormalized(matrix, rows, Nd4j.concat(0, ofRows));
        INDArray otherGradient = unnormalized(otherMatrix, otherRows, Nd4j.concat(0, ofOtherRows));
        return List.of(
                Matrices.tensor(gradient, x.get(0).shape(), axis),
                Matrices.tensor(otherGradient, x.get(1).shape(), otherAxis));
    }

    /** The axis that is summed over along the columns; the rows of one batch row stand together. */
    private INDArray matrix(List<INDArray> x, int index) {
        return Matrices.of(x.get(index), index == 0 ? axis : otherAxis);
    }

    private static INDArray part(INDArray matrix, int index, long batch) {
        long rows = matrix.rows() / batch;
        return matrix.get(NDArrayIndex.interval(index * rows, (index + 1) * rows), NDArrayIndex.all())
                .dup('c')
                .reshape('c', rows, matrix.columns());
    }

    private INDArray normalized(INDArray matrix) {
        return epsilon == 0 ? matrix : matrix.divColumnVector(lengths(matrix));
    }

    private INDArray lengths(INDArray matrix) {
        return Transforms.max(matrix.norm2(true, 1), epsilon, false);
    }

    /** The gradient of a matrix from that of its normalized rows; a row shorter than epsilon was divided by a constant. */
    private INDArray unnormalized(INDArray matrix, INDArray rows, INDArray gradient) {
        if (epsilon == 0) {
            return gradient;
        }
        INDArray lengths = lengths(matrix);
        INDArray isLong = lengths.gt(epsilon).castTo(gradient.dataType());
        INDArray along = gradient.mul(rows).sum(true, 1).muli(isLong);
        return gradient.sub(rows.mulColumnVector(along)).diviColumnVector(lengths);
    }

    private long[] outputShape(List<INDArray> x) {
        long[] shape = LongStream.concat(
                        without(x.get(0).shape(), axis, 0), without(x.get(1).shape(), otherAxis, 1))
                .toArray();
        return shape.length == 1 ? new long[] {shape[0], 1} : shape;
    }

    private static LongStream without(long[] shape, int axis, int from) {
        return IntStream.range(from, shape.length).filter(i -> i != axis).mapToLong(i -> shape[i]);
    }
}
