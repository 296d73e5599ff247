package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.TensorFunction;
import io.atelier.dl4j.layer.TensorsFunction;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** An array on a {@link Tape}, in row-major order. No operation writes to the arrays it takes. */
public final class Traced {
    private final Tape tape;
    private final INDArray value;
    private final Consumer<INDArray> back;
    private @Nullable INDArray gradient;
    /** Whether the gradient is an array of its own, which may be added to. */
    private boolean ownsGradient;

    Traced(Tape tape, INDArray value, Consumer<INDArray> back) {
        this.tape = tape;
        this.value = rowMajor(value);
        this.back = back;
    }

    INDArray value() {
        return value;
    }

    /** What the tape found; zeros if nothing depends on the value. */
    INDArray gradient() {
        return gradient == null ? value.like() : gradient;
    }

    long size(int axis) {
        return value.size(axis);
    }

    /** The product of two matrices. */
    Traced times(Traced matrix) {
        return tape.traced(product(value, matrix.value), g -> {
            addGradient(product(g, matrix.value.transpose()));
            matrix.addGradient(product(value.transpose(), g));
        });
    }

    /** The products of the matrices {@code (n, rows, inner)} with those of another, {@code (n, inner, columns)}. */
    Traced eachTimes(Traced matrices) {
        return tape.traced(Nd4j.matmul(value, matrices.value), g -> {
            addGradient(Nd4j.matmul(g, rowMajor(matrices.value.permute(0, 2, 1))));
            matrices.addGradient(Nd4j.matmul(rowMajor(value.permute(0, 2, 1)), g));
        });
    }

    /** The sum with an array of the same shape. */
    Traced plus(Traced other) {
        return tape.traced(value.add(other.value), g -> {
            addGradient(g);
            other.addGradient(g);
        });
    }

    /** The difference from an array of the same shape. */
    Traced minus(Traced other) {
        return tape.traced(value.sub(other.value), g -> {
            addGradient(g);
            other.addGradient(g.neg());
        });
    }

    /** The values, each times that in the same place of an array of the same shape. */
    Traced scaledBy(Traced other) {
        return tape.traced(value.mul(other.value), g -> {
            addGradient(g.mul(other.value));
            other.addGradient(g.mul(value));
        });
    }

    /** All values times a number. */
    Traced scaledBy(double factor) {
        return tape.traced(value.mul(factor), g -> addGradient(g.mul(factor)));
    }

    /** All values times a single one. */
    Traced scaledBySingle(Traced single) {
        float factor = single.value.getFloat(0);
        return tape.traced(value.mul(factor), g -> {
            addGradient(g.mul(factor));
            single.addGradient(Nd4j.valueArrayOf(
                    single.value.shape(), g.mul(value).sumNumber().floatValue()));
        });
    }

    /** A matrix with a row added to each of its rows. */
    Traced plusRow(Traced row) {
        return tape.traced(value.addRowVector(row.value), g -> {
            addGradient(g);
            row.addGradient(g.sum(0).reshape('c', row.value.shape()));
        });
    }

    Traced apply(TensorFunction function) {
        return tape.traced(function.apply(value), g -> addGradient(function.gradient(value, g)));
    }

    Traced apply(TensorsFunction function, Traced other) {
        List<INDArray> values = List.of(value, other.value);
        return tape.traced(function.apply(values), g -> {
            List<INDArray> gradients = function.gradients(values, g);
            addGradient(gradients.get(0));
            other.addGradient(gradients.get(1));
        });
    }

    Traced reshape(long... shape) {
        return tape.traced(
                value.reshape('c', shape), g -> addGradient(rowMajor(g).reshape('c', value.shape())));
    }

    Traced permute(int... axes) {
        int[] inverse = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            inverse[axes[i]] = i;
        }
        return tape.traced(value.permute(axes), g -> addGradient(g.permute(inverse)));
    }

    /** What lies between two indices of an axis, counted from the front. */
    Traced part(int axis, long from, long to) {
        return tape.traced(
                range(value, axis, from, to).dup('c'),
                g -> range(ownGradient(), axis, from, to).addi(g));
    }

    /** One step {@code (batch, columns)} of a sequence {@code (batch, time, columns)}. */
    Traced step(long index) {
        return part(1, index, index + 1).reshape(size(0), size(2));
    }

    void addGradient(INDArray more) {
        if (gradient == null) {
            gradient = rowMajor(more);
        } else if (ownsGradient) {
            gradient.addi(more);
        } else {
            gradient = gradient.add(more);
            ownsGradient = true;
        }
    }

    private INDArray ownGradient() {
        INDArray own = gradient == null ? value.like() : ownsGradient ? gradient : gradient.dup('c');
        gradient = own;
        ownsGradient = true;
        return own;
    }

    void goBack() {
        if (gradient != null) {
            back.accept(gradient);
        }
    }

    static INDArray range(INDArray array, int axis, long from, long to) {
        INDArrayIndex[] indices = NDArrayIndex.allFor(array);
        indices[axis] = NDArrayIndex.interval(from, to);
        return array.get(indices);
    }

    /** BLAS gives products in column-major order: that of the transposed matrices is this one in row-major order. */
    private static INDArray product(INDArray left, INDArray right) {
        return right.transpose().mmul(left.transpose()).transpose();
    }

    private static INDArray rowMajor(INDArray array) {
        return array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array) ? array : array.dup('c');
    }
}
