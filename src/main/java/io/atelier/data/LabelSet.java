package io.atelier.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Labels from 0 to 255, as IDX files hold them. Immutable and thread-safe. */
public final class LabelSet {
    private final byte[] values;

    LabelSet(byte[] values) {
        this.values = values;
    }

    public int count() {
        return values.length;
    }

    /**
     * One label.
     *
     * @throws IndexOutOfBoundsException if there is no such label
     */
    public int label(int index) {
        return values[index] & 0xff;
    }

    /** All labels in order. */
    public IntStream stream() {
        return IntStream.range(0, values.length).map(this::label);
    }

    /**
     * Some of the labels.
     *
     * @param from first label
     * @param to after the last label
     * @throws IndexOutOfBoundsException if the labels are not all there
     */
    public LabelSet range(int from, int to) {
        if (from < 0 || to > values.length || from > to) {
            throw new IndexOutOfBoundsException(
                    "labels " + from + " to " + to + " are not within the " + values.length + " labels of the set");
        }
        return new LabelSet(Arrays.copyOfRange(values, from, to));
    }

    @Override
    public String toString() {
        return values.length + " labels";
    }
}
