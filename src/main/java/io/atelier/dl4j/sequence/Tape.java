package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.Floats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes with tensors and remembers each step, so that the gradients can be found by going back over them.
 *
 * <p>SameDiff does so for graphs that are built once; a loop over time is another graph for every length, and SameDiff knows
 * none of the functions in {@code dl4j.layer}. A tape is written once, by one thread.
 */
public final class Tape {
    private final List<Traced> steps = new ArrayList<>();
    private final boolean remembers;

    private Tape(boolean remembers) {
        this.remembers = remembers;
    }

    /** A tape that can be gone back over. */
    static Tape forGradients() {
        return new Tape(true);
    }

    /** A tape that remembers nothing, for values only. */
    static Tape forValues() {
        return new Tape(false);
    }

    /** An array that is given: an input or a weight. */
    Traced given(INDArray array) {
        return constant(array.shape().clone(), Floats.of(array));
    }

    /** Values that are given. */
    Traced constant(long[] shape, float... values) {
        return traced(shape, values, gradient -> {});
    }

    /** A matrix of zeros. */
    Traced zeros(long rows, long columns) {
        return constant(new long[] {rows, columns}, new float[Math.toIntExact(rows * columns)]);
    }

    /** Arrays side by side along an axis, counted from the front. */
    Traced concat(int axis, List<Traced> parts) {
        long[] shape = parts.get(0).shape().clone();
        shape[axis] = parts.stream().mapToLong(part -> part.size(axis)).sum();
        List<Blocks> blocks = new ArrayList<>();
        long from = 0;
        for (Traced part : parts) {
            blocks.add(Blocks.of(shape, axis, from, from + part.size(axis)));
            from += part.size(axis);
        }
        float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        for (int i = 0; i < parts.size(); i++) {
            blocks.get(i).put(parts.get(i).values(), values);
        }
        return traced(shape, values, gradient -> {
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).addGradient(blocks.get(i).taken(gradient));
            }
        });
    }

    /** Matrices {@code (batch, columns)} as the steps of one sequence, {@code (batch, time, columns)}. */
    Traced sequence(List<Traced> steps) {
        long batch = steps.get(0).size(0);
        return concat(1, steps).reshape(batch, steps.size(), steps.get(0).size(1));
    }

    /**
     * A tensor that was computed.
     *
     * @param back hands its gradient on to what it was computed of
     */
    Traced traced(long[] shape, float[] values, Consumer<float[]> back) {
        if (!remembers) {
            return new Traced(this, shape, values, gradient -> {});
        }
        Traced traced = new Traced(this, shape, values, back);
        steps.add(traced);
        return traced;
    }

    /** Hands the gradients of some values back to all that they were computed of. */
    void goBack(List<Traced> from, List<INDArray> gradients) {
        for (int i = 0; i < from.size(); i++) {
            from.get(i).addGradient(Floats.of(gradients.get(i)));
        }
        for (int i = steps.size() - 1; i >= 0; i--) {
            steps.get(i).goBack();
        }
    }
}
