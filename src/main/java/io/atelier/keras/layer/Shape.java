package io.atelier.keras.layer;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shape of a tensor, by axis; an axis whose size is only known when the model runs is {@link #UNKNOWN}.
 *
 * <p>Shapes of layers include the batch axis, as in Keras: {@code (None, 28, 28, 1)}. Immutable and thread-safe.
 */
public final class Shape {
    /** The size of an axis that is only known at run time; Keras prints it as {@code None}. */
    public static final int UNKNOWN = -1;

    private final int[] sizes;

    private Shape(int[] sizes) {
        this.sizes = sizes;
    }

    /**
     * The shape with these axis sizes.
     *
     * @param sizes each at least 0, or {@link #UNKNOWN}
     * @throws IllegalArgumentException if a size is below -1
     */
    public static Shape of(int... sizes) {
        for (int size : sizes) {
            if (size < UNKNOWN) {
                throw new IllegalArgumentException("shape " + Arrays.toString(sizes) + " has a negative axis");
            }
        }
        return new Shape(sizes.clone());
    }

    public int rank() {
        return sizes.length;
    }

    /**
     * The size of one axis.
     *
     * @param axis from the front, or negative from the back as in Python: -1 is the last
     * @throws IllegalArgumentException if there is no such axis
     */
    public int size(int axis) {
        return sizes[axisIndex(axis)];
    }

    /**
     * The index of an axis counted from the front.
     *
     * @param axis from the front, or negative from the back
     * @throws IllegalArgumentException if there is no such axis
     */
    public int axisIndex(int axis) {
        int index = axis < 0 ? axis + sizes.length : axis;
        if (index < 0 || index >= sizes.length) {
            throw new IllegalArgumentException("axis " + axis + " is outside of shape " + this);
        }
        return index;
    }

    /** The axis sizes, a fresh array. */
    public int[] toArray() {
        return sizes.clone();
    }

    /** Whether every axis has a known size. */
    public boolean isKnown() {
        return Arrays.stream(sizes).allMatch(size -> size != UNKNOWN);
    }

    /**
     * The number of values in a tensor of this shape; 1 for a scalar.
     *
     * @throws IllegalArgumentException if an axis is unknown
     * @throws ArithmeticException if the number does not fit in a long
     */
    public long valueCount() {
        long count = 1;
        for (int size : sizes) {
            if (size == UNKNOWN) {
                throw new IllegalArgumentException("shape " + this + " has an unknown axis");
            }
            count = Math.multiplyExact(count, size);
        }
        return count;
    }

    /** The number of values along the axes of known size. */
    long knownCount() {
        return of(Arrays.stream(sizes).filter(size -> size != UNKNOWN).toArray())
                .valueCount();
    }

    /** This shape with one axis changed; {@code axis} may be negative. */
    public Shape with(int axis, int size) {
        int[] changed = sizes.clone();
        changed[axisIndex(axis)] = size;
        return of(changed);
    }

    /** The axes from {@code from} (inclusive) to {@code to} (exclusive), counted from the front. */
    public Shape slice(int from, int to) {
        return new Shape(Arrays.copyOfRange(sizes, from, to));
    }

    /** This shape followed by further axes. */
    public Shape append(int... more) {
        return of(IntStream.concat(Arrays.stream(sizes), Arrays.stream(more)).toArray());
    }

    /** Whether a tensor of {@code other} may stand where this shape is asked for: an unknown axis accepts any size. */
    public boolean accepts(Shape other) {
        if (other.rank() != rank()) {
            return false;
        }
        return IntStream.range(0, rank()).allMatch(i -> sizes[i] == UNKNOWN || sizes[i] == other.sizes[i]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** As Python prints a tuple: {@code (None, 28, 28, 1)}, {@code (10,)}, {@code ()}. */
    @Override
    public String toString() {
        String axes = Arrays.stream(sizes)
                .mapToObj(size -> size == UNKNOWN ? "None" : Integer.toString(size))
                .collect(Collectors.joining(", "));
        return sizes.length == 1 ? "(" + axes + ",)" : "(" + axes + ")";
    }
}
