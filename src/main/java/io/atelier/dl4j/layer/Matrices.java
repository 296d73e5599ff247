package io.atelier.dl4j.layer;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A tensor seen as a matrix: some of its axes laid out along the columns, all others along the rows. */
final class Matrices {
    private Matrices() {}

    /**
     * The matrix of a tensor.
     *
     * @param columns the axes that go along the columns, in this order, counted from the front
     */
    static INDArray of(INDArray x, int... columns) {
        long width = Arrays.stream(columns).mapToLong(x::size).reduce(1, (a, b) -> a * b);
        return x.permute(order(x.rank(), columns)).dup('c').reshape('c', x.length() / width, width);
    }

    /** The tensor of this shape whose matrix this is. */
    static INDArray tensor(INDArray matrix, long[] shape, int... columns) {
        int[] order = order(shape.length, columns);
        long[] permuted = Arrays.stream(order).mapToLong(axis -> shape[axis]).toArray();
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return matrix.dup('c').reshape('c', permuted).permute(inverse).dup('c');
    }

    /** Axes counted from the front. */
    static int[] axes(int rank, int... axes) {
        return Arrays.stream(axes).map(axis -> axis < 0 ? axis + rank : axis).toArray();
    }

    private static int[] order(int rank, int... columns) {
        IntStream rows =
                IntStream.range(0, rank).filter(axis -> Arrays.stream(columns).noneMatch(column -> column == axis));
        return IntStream.concat(rows, Arrays.stream(columns)).toArray();
    }
}
