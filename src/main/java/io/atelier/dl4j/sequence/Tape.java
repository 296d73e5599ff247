package io.atelier.dl4j.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Computes with arrays and remembers each step, so that the gradients can be found by going back over them.
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

    /** An array that is given: an input, a weight, or a constant. */
    Traced given(INDArray value) {
        return traced(value, gradient -> {});
    }

    /** Zeros. */
    Traced zeros(long... shape) {
        return given(Nd4j.zeros(shape));
    }

    /** Arrays side by side along an axis, counted from the front. */
    Traced concat(int axis, List<Traced> parts) {
        INDArray value = Nd4j.concat(axis, parts.stream().map(Traced::value).toArray(INDArray[]::new));
        return traced(value, gradient -> {
            long from = 0;
            for (Traced part : parts) {
                long to = from + part.size(axis);
                part.addGradient(Traced.range(gradient, axis, from, to).dup('c'));
                from = to;
            }
        });
    }

    /** Matrices {@code (batch, columns)} as the steps of one sequence, {@code (batch, time, columns)}. */
    Traced sequence(List<Traced> steps) {
        long batch = steps.get(0).size(0);
        return concat(1, steps).reshape(batch, steps.size(), steps.get(0).size(1));
    }

    /**
     * A value that was computed.
     *
     * @param back hands its gradient on to what it was computed of
     */
    Traced traced(INDArray value, Consumer<INDArray> back) {
        if (!remembers) {
            return new Traced(this, value, gradient -> {});
        }
        Traced traced = new Traced(this, value, back);
        steps.add(traced);
        return traced;
    }

    /** Hands the gradients of some values back to all that they were computed of. */
    void goBack(List<Traced> from, List<INDArray> gradients) {
        for (int i = 0; i < from.size(); i++) {
            from.get(i).addGradient(gradients.get(i));
        }
        for (int i = steps.size() - 1; i >= 0; i--) {
            steps.get(i).goBack();
        }
    }
}
