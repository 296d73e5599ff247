package io.atelier.keras;

import io.atelier.keras.layer.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * An immutable array of 32-bit floats with a shape, in row-major order as numpy's.
 *
 * <p>Integer tensors (token ids, labels) are carried as floats, exact up to 2^24. Thread-safe.
 */
public final class Tensor {
    private final Shape shape;
    private final float[] values;

    private Tensor(Shape shape, float[] values) {
        if (shape.valueCount() != values.length) {
            throw new IllegalArgumentException(
                    "shape " + shape + " needs " + shape.valueCount() + " values; received " + values.length);
        }
        this.shape = shape;
        this.values = values;
    }

    /**
     * A tensor of a copy of these values.
     *
     * @param shape all axes known
     * @param values row-major, as many as the shape holds
     * @throws IllegalArgumentException if an axis is unknown or the number of values does not fit the shape
     */
    public static Tensor of(Shape shape, float... values) {
        return new Tensor(shape, values.clone());
    }

    /**
     * A tensor that takes the array over without copying it: the caller must never write to it again.
     *
     * @throws IllegalArgumentException if an axis is unknown or the number of values does not fit the shape
     */
    public static Tensor wrap(Shape shape, float[] values) {
        return new Tensor(shape, values);
    }

    /**
     * Tensors one after the other along the first axis.
     *
     * @param parts at least one, in whose shapes nothing but the first axis differs
     * @throws IllegalArgumentException if there is none, one is a scalar, or another axis differs
     */
    public static Tensor joined(List<Tensor> parts) {
        if (parts.isEmpty() || parts.get(0).shape.rank() == 0) {
            throw new IllegalArgumentException("expected tensors with a first axis; received " + parts);
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        Shape first = parts.get(0).shape;
        int rows = 0;
        int count = 0;
        for (Tensor part : parts) {
            if (part.shape.rank() == 0 || !part.shape.with(0, first.size(0)).equals(first)) {
                throw new IllegalArgumentException(
                        "tensors of shape " + first + " and " + part.shape + " cannot be joined along the first axis");
            }
            rows = Math.addExact(rows, part.shape.size(0));
            count = Math.addExact(count, part.values.length);
        }
        float[] values = new float[count];
        int at = 0;
        for (Tensor part : parts) {
            System.arraycopy(part.values, 0, values, at, part.values.length);
            at += part.values.length;
        }
        return new Tensor(first.with(0, rows), values);
    }

    /** The shape: every axis is known. */
    public Shape shape() {
        return shape;
    }

    /** The number of values. */
    public int valueCount() {
        return values.length;
    }

    /** The value at a row-major position. */
    public float get(int index) {
        return values[index];
    }

    /** The values, row-major, a fresh array. */
    public float[] toArray() {
        return values.clone();
    }

    /** A read-only view of the values, row-major, without copying. */
    public FloatBuffer buffer() {
        return FloatBuffer.wrap(values).asReadOnlyBuffer();
    }

    /**
     * Rows {@code from} (inclusive) to {@code to} (exclusive) of the first axis.
     *
     * @throws IllegalArgumentException for a scalar, or if the range is not within the first axis
     */
    public Tensor rows(int from, int to) {
        if (shape.rank() == 0 || from < 0 || from > to || to > shape.size(0)) {
            throw new IllegalArgumentException("rows " + from + " to " + to + " are not within shape " + shape);
        }
        if (from == 0 && to == shape.size(0)) {
            return this;
        }
        int rowLength = shape.size(0) == 0 ? 0 : values.length / shape.size(0);
        return new Tensor(shape.with(0, to - from), Arrays.copyOfRange(values, from * rowLength, to * rowLength));
    }

    /**
     * The same values in another shape.
     *
     * @throws IllegalArgumentException if the shape does not hold as many values
     */
    public Tensor reshape(Shape newShape) {
        return new Tensor(newShape, values);
    }

    /** Equal shape and equal values, compared as {@link Float#equals} does: NaN equals NaN, 0.0 differs from -0.0. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor && shape.equals(tensor.shape) && Arrays.equals(values, tensor.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Tensor" + shape;
    }
}
