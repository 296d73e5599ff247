package io.atelier.train;

import io.atelier.keras.layer.Shape;

/** The batches that {@code python/training/batches.py} draws. */
final class Batches {
    private final int size;
    private final int valueCount;
    private final int classes;
    private int state = 1;

    float[] images = {};
    int[] labels = {};
    float[] weights = {};

    Batches(int size, Shape input, int classes) {
        this.size = size;
        this.valueCount = (int) input.with(0, 1).valueCount();
        this.classes = classes;
    }

    /** Draws the next batch. */
    void draw() {
        images = bytes(size * valueCount);
        labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = nextByte() % classes;
        }
        weights = bytes(size);
    }

    private float[] bytes(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = nextByte() / 255f;
        }
        return values;
    }

    private int nextByte() {
        state = state * 1664525 + 1013904223;
        return state >>> 24;
    }
}
