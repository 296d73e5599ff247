package io.atelier.dl4j.sequence;

/**
 * Where a part of a tensor lies along one axis: as many blocks as there are indices of the axes before it.
 *
 * @param count how many blocks
 * @param start of the first one
 * @param length of each
 * @param distance from the start of one to that of the next
 */
record Blocks(int count, int start, int length, int distance) {
    static Blocks of(long[] shape, int axis, long from, long to) {
        long before = 1;
        for (int i = 0; i < axis; i++) {
            before *= shape[i];
        }
        long inner = 1;
        for (int i = axis + 1; i < shape.length; i++) {
            inner *= shape[i];
        }
        return new Blocks(
                Math.toIntExact(before),
                Math.toIntExact(from * inner),
                Math.toIntExact((to - from) * inner),
                Math.toIntExact(shape[axis] * inner));
    }

    /** The part's values. */
    float[] taken(float[] whole) {
        float[] part = new float[count * length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(whole, start + i * distance, part, i * length, length);
        }
        return part;
    }

    /** Writes the part's values. */
    void put(float[] part, float[] whole) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(part, i * length, whole, start + i * distance, length);
        }
    }

    /** Adds to the part's values. */
    void addTo(float[] part, float[] whole) {
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < length; j++) {
                whole[start + i * distance + j] += part[i * length + j];
            }
        }
    }
}
