package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.Floats;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products of matrices in row-major order: {@code count} times a left one {@code (rows, inner)} and a right one
 * {@code (inner, columns)}, with the gradients of both.
 */
record Products(int count, int rows, int inner, int columns) {
    /** From this many multiplications on, native code is faster, though the matrices are copied to it and back. */
    private static final long LARGE = 1L << 21;

    /** Adds the products to a result. */
    void add(float[] left, float[] right, float[] result) {
        for (int i = 0; i < count; i++) {
            add(left, i * rows * inner, right, i * inner * columns, result, i * rows * columns, rows, inner, columns);
        }
    }

    /** Adds what the left matrices have of the products' gradient. */
    void addLeftGradient(float[] gradient, float[] right, float[] result) {
        for (int i = 0; i < count; i++) {
            float[] transposed = transposed(right, i * inner * columns, inner, columns);
            add(gradient, i * rows * columns, transposed, 0, result, i * rows * inner, rows, columns, inner);
        }
    }

    /** Adds what the right matrices have of the products' gradient. */
    void addRightGradient(float[] left, float[] gradient, float[] result) {
        for (int i = 0; i < count; i++) {
            float[] transposed = transposed(left, i * rows * inner, rows, inner);
            add(transposed, 0, gradient, i * rows * columns, result, i * inner * columns, inner, rows, columns);
        }
    }

    private static void add(
            float[] left,
            int leftStart,
            float[] right,
            int rightStart,
            float[] result,
            int resultStart,
            int rows,
            int inner,
            int columns) {
        if ((long) rows * inner * columns >= LARGE) {
            addNatively(left, leftStart, right, rightStart, result, resultStart, rows, inner, columns);
            return;
        }
        for (int row = 0; row < rows; row++) {
            int to = resultStart + row * columns;
            for (int i = 0; i < inner; i++) {
                float factor = left[leftStart + row * inner + i];
                int from = rightStart + i * columns;
                for (int column = 0; column < columns; column++) {
                    result[to + column] += factor * right[from + column];
                }
            }
        }
    }

    private static void addNatively(
            float[] left,
            int leftStart,
            float[] right,
            int rightStart,
            float[] result,
            int resultStart,
            int rows,
            int inner,
            int columns) {
        INDArray a = matrix(left, leftStart, rows, inner);
        INDArray b = matrix(right, rightStart, inner, columns);
        // BLAS gives products in column-major order: that of the transposed matrices is this one in row-major order.
        float[] product = Floats.of(b.transpose().mmul(a.transpose()).transpose());
        for (int i = 0; i < product.length; i++) {
            result[resultStart + i] += product[i];
        }
    }

    private static INDArray matrix(float[] values, int start, int rows, int columns) {
        float[] own = start == 0 && values.length == rows * columns
                ? values
                : Arrays.copyOfRange(values, start, start + rows * columns);
        return Nd4j.create(own, new long[] {rows, columns}, 'c');
    }

    private static float[] transposed(float[] values, int start, int rows, int columns) {
        float[] transposed = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                transposed[column * rows + row] = values[start + row * columns + column];
            }
        }
        return transposed;
    }
}
