package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.Elementwise;
import io.atelier.dl4j.layer.Floats;
import io.atelier.dl4j.layer.TensorFunction;
import io.atelier.dl4j.layer.TensorsFunction;
import io.atelier.dl4j.layer.ValueByValue;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A tensor on a {@link Tape}, its values in row-major order. No operation writes to the tensors it takes.
 *
 * <p>The values are in Java's memory: a loop over time takes thousands of steps on small matrices, each of which would cost
 * more as a call of native code than as a loop.
 */
public final class Traced {
    private final Tape tape;
    private final long[] shape;
    private final float[] values;
    private final Consumer<float[]> back;
    private float @Nullable [] gradient;
    /** Whether the gradient is an array of its own, which may be added to. */
    private boolean ownsGradient;

    Traced(Tape tape, long[] shape, float[] values, Consumer<float[]> back) {
        this.tape = tape;
        this.shape = shape;
        this.values = values;
        this.back = back;
    }

    float[] values() {
        return values;
    }

    long[] shape() {
        return shape;
    }

    int rank() {
        return shape.length;
    }

    long size(int axis) {
        return shape[axis];
    }

    INDArray array() {
        return Nd4j.create(values, shape, 'c');
    }

    /** What the tape found, as an array; zeros if nothing depends on the values. */
    INDArray gradientArray() {
        return Nd4j.create(gradient == null ? new float[values.length] : gradient, shape, 'c');
    }

    /** The product of two matrices. */
    Traced times(Traced matrix) {
        return products(1, shape[0], matrix, shape[0], matrix.shape[1]);
    }

    /** The products of the matrices {@code (n, rows, inner)} with those of another, {@code (n, inner, columns)}. */
    Traced eachTimes(Traced matrices) {
        return products(shape[0], shape[1], matrices, shape[0], shape[1], matrices.shape[2]);
    }

    private Traced products(long count, long rows, Traced other, long... newShape) {
        Products products = new Products(
                Math.toIntExact(count),
                Math.toIntExact(rows),
                Math.toIntExact(shape[shape.length - 1]),
                Math.toIntExact(other.shape[other.shape.length - 1]));
        float[] result = new float[Math.toIntExact(count * rows * products.columns())];
        products.add(values, other.values, result);
        return tape.traced(newShape, result, g -> {
            products.addLeftGradient(g, other.values, ownGradient());
            products.addRightGradient(values, g, other.ownGradient());
        });
    }

    /** The sum with a tensor of the same shape. */
    Traced plus(Traced other) {
        float[] sums = new float[values.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = values[i] + other.values[i];
        }
        return tape.traced(shape, sums, g -> {
            addGradient(g);
            other.addGradient(g);
        });
    }

    /** The difference from a tensor of the same shape. */
    Traced minus(Traced other) {
        return plus(other.scaledBy(-1));
    }

    /** The values, each times that in the same place of a tensor of the same shape. */
    Traced scaledBy(Traced other) {
        return tape.traced(shape, products(values, other.values), g -> {
            addGradient(products(g, other.values));
            other.addGradient(products(g, values));
        });
    }

    private static float[] products(float[] left, float[] right) {
        float[] products = new float[left.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = left[i] * right[i];
        }
        return products;
    }

    /** All values times a number. */
    Traced scaledBy(double factor) {
        return tape.traced(shape, scaled(values, (float) factor), g -> addGradient(scaled(g, (float) factor)));
    }

    /** All values times a single one. */
    Traced scaledBySingle(Traced single) {
        return tape.traced(shape, scaled(values, single.values[0]), g -> {
            addGradient(scaled(g, single.values[0]));
            double sum = 0;
            for (int i = 0; i < g.length; i++) {
                sum += (double) g[i] * values[i];
            }
            single.addGradient(new float[] {(float) sum});
        });
    }

    private static float[] scaled(float[] values, float factor) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = values[i] * factor;
        }
        return scaled;
    }

    /** A matrix with a row added to each of its rows. */
    Traced plusRow(Traced row) {
        int columns = row.values.length;
        float[] sums = new float[values.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = values[i] + row.values[i % columns];
        }
        return tape.traced(shape, sums, g -> {
            addGradient(g);
            float[] ofRow = row.ownGradient();
            for (int i = 0; i < g.length; i++) {
                ofRow[i % columns] += g[i];
            }
        });
    }

    /** A matrix with the rows of another one where a flag is 0. */
    Traced orElse(float[] flags, Traced other) {
        int columns = Math.toIntExact(shape[1]);
        float[] rows = new float[values.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = flags[i / columns] == 0 ? other.values[i] : values[i];
        }
        return tape.traced(shape, rows, g -> {
            float[] own = ownGradient();
            float[] others = other.ownGradient();
            for (int i = 0; i < g.length; i++) {
                if (flags[i / columns] == 0) {
                    others[i] += g[i];
                } else {
                    own[i] += g[i];
                }
            }
        });
    }

    /** A function that keeps the shape. */
    Traced apply(TensorFunction function) {
        if (function instanceof Elementwise pointwise) {
            return apply(pointwise);
        }
        return tape.traced(
                shape,
                Floats.of(function.apply(array())),
                g -> addGradient(Floats.of(function.gradient(array(), Nd4j.create(g, shape, 'c')))));
    }

    private Traced apply(Elementwise function) {
        float[] results = new float[values.length];
        for (int i = 0; i < results.length; i++) {
            results[i] = function.value(values[i]);
        }
        return tape.traced(shape, results, g -> {
            float[] slopes = new float[g.length];
            for (int i = 0; i < g.length; i++) {
                slopes[i] = g[i] * function.derivative(values[i]);
            }
            addGradient(slopes);
        });
    }

    /** The sum with a tensor of as many axes, of which those of size 1 are repeated. */
    Traced plusRepeated(Traced other) {
        TensorsFunction sum = new ValueByValue(ValueByValue.Kind.ADD);
        List<INDArray> arrays = List.of(array(), other.array());
        INDArray sums = sum.apply(arrays);
        return tape.traced(sums.shape(), Floats.of(sums), g -> {
            List<INDArray> gradients = sum.gradients(arrays, Nd4j.create(g, sums.shape(), 'c'));
            addGradient(Floats.of(gradients.get(0)));
            other.addGradient(Floats.of(gradients.get(1)));
        });
    }

    Traced reshape(long... newShape) {
        return tape.traced(newShape, values, this::addGradient);
    }

    /** The axes in another order. */
    Traced permute(int... axes) {
        int[] inverse = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            inverse[axes[i]] = i;
        }
        long[] newShape = Arrays.stream(axes).mapToLong(axis -> shape[axis]).toArray();
        return tape.traced(newShape, permuted(values, shape, axes), g -> addGradient(permuted(g, newShape, inverse)));
    }

    private static float[] permuted(float[] values, long[] shape, int... axes) {
        int rank = shape.length;
        int[] strides = new int[rank];
        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.toIntExact(shape[axis]);
        }
        float[] permuted = new float[values.length];
        long[] place = new long[rank];
        int from = 0;
        for (int to = 0; to < permuted.length; to++) {
            permuted[to] = values[from];
            for (int i = rank - 1; i >= 0; i--) {
                int axis = axes[i];
                from += strides[axis];
                if (++place[i] < shape[axis]) {
                    break;
                }
                place[i] = 0;
                from -= strides[axis] * Math.toIntExact(shape[axis]);
            }
        }
        return permuted;
    }

    /** What lies between two indices of an axis, counted from the front. */
    Traced part(int axis, long from, long to) {
        Blocks blocks = Blocks.of(shape, axis, from, to);
        long[] newShape = shape.clone();
        newShape[axis] = to - from;
        return tape.traced(newShape, blocks.taken(values), g -> blocks.addTo(g, ownGradient()));
    }

    /** One step {@code (batch, columns)} of a sequence {@code (batch, time, columns)}. */
    Traced step(long index) {
        return part(1, index, index + 1).reshape(shape[0], shape[2]);
    }

    void addGradient(float[] more) {
        if (gradient == null) {
            gradient = more;
        } else {
            float[] own = ownGradient();
            for (int i = 0; i < own.length; i++) {
                own[i] += more[i];
            }
        }
    }

    private float[] ownGradient() {
        float[] own = gradient == null ? new float[values.length] : ownsGradient ? gradient : gradient.clone();
        gradient = own;
        ownsGradient = true;
        return own;
    }

    void goBack() {
        if (gradient != null) {
            back.accept(gradient);
        }
    }
}
