package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.Floats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
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
    private final Optional<SplittableRandom> noise;

    private Tape(boolean remembers, OptionalLong seed) {
        this.remembers = remembers;
        this.noise = seed.isPresent() ? Optional.of(new SplittableRandom(seed.getAsLong())) : Optional.empty();
    }

    /**
     * A tape that can be gone back over.
     *
     * @param seed of what is dropped; nothing is if it is empty
     */
    static Tape forGradients(OptionalLong seed) {
        return new Tape(true, seed);
    }

    /** A tape that remembers nothing, for values only. */
    static Tape forValues(OptionalLong seed) {
        return new Tape(false, seed);
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

    /** The values without some, chosen at random, and the others larger by as much; all of them where nothing is dropped. */
    Traced dropped(Traced x, double rate) {
        return noise.isEmpty() || rate == 0 ? x : x.scaledBy(constant(x.shape(), noise(x.values().length, rate)));
    }

    /** A sequence {@code (batch, time, columns)}, each example of which is without some columns at all steps. */
    Traced droppedFeatures(Traced x, double rate) {
        if (noise.isEmpty() || rate == 0) {
            return x;
        }
        int time = Math.toIntExact(x.size(1));
        int columns = Math.toIntExact(x.size(2));
        float[] ofExamples = noise(Math.toIntExact(x.size(0) * columns), rate);
        float[] factors = new float[x.values().length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = ofExamples[i / (time * columns) * columns + i % columns];
        }
        return x.scaledBy(constant(x.shape(), factors));
    }

    private float[] noise(int count, double rate) {
        SplittableRandom random = noise.orElseThrow();
        float[] factors = new float[count];
        for (int i = 0; i < count; i++) {
            factors[i] = random.nextDouble() < rate ? 0 : (float) (1 / (1 - rate));
        }
        return factors;
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
