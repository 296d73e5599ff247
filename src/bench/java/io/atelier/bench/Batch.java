package io.atelier.bench;

import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Inputs of a model with what Keras computed for them.
 *
 * @param shape the batch's size first
 * @param values the inputs, row-major
 * @param expected the probabilities that Keras gave, row by row
 */
record Batch(int[] shape, float[] values, float[] expected) {
    int size() {
        return shape[0];
    }

    int classes() {
        return expected.length / size();
    }

    long[] longShape() {
        return IntStream.of(shape).asLongStream().toArray();
    }

    /** The class that Keras holds for the most likely, for each row. */
    int[] labels() {
        int[] labels = new int[size()];
        for (int row = 0; row < size(); row++) {
            int first = row * classes();
            labels[row] = IntStream.range(first, first + classes())
                            .reduce((a, b) -> expected[b] > expected[a] ? b : a)
                            .orElseThrow()
                    - first;
        }
        return labels;
    }

    /** {@link #labels()} as rows of zeros with a 1. */
    float[] oneHot() {
        float[] rows = new float[expected.length];
        int[] labels = labels();
        for (int row = 0; row < labels.length; row++) {
            rows[row * classes() + labels[row]] = 1;
        }
        return rows;
    }

    /** The largest difference of a result from what Keras computed. */
    double difference(float[] computed) {
        if (computed.length != expected.length) {
            throw new IllegalStateException("expected " + expected.length + " values; received " + computed.length);
        }
        return IntStream.range(0, expected.length)
                .mapToDouble(i -> Math.abs(expected[i] - computed[i]))
                .max()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return "Batch" + LongStream.of(longShape()).boxed().toList();
    }
}
