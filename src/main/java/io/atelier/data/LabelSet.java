package io.atelier.data;

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

    @Override
    public String toString() {
        return values.length + " labels";
    }
}
