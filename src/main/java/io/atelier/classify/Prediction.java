package io.atelier.classify;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a model makes of one image: every label with its probability. Immutable and thread-safe.
 *
 * @param <L> the type of a label
 */
public final class Prediction<L> {
    /**
     * A label with its probability.
     *
     * @param item the label
     * @param probability from 0 to 1
     */
    public record Score<L>(L item, float probability) {}

    private final Labels<L> labels;
    private final float[] probabilities;
    private final int best;

    /**
     * A prediction with these probabilities.
     *
     * @param labels what the probabilities stand for
     * @param probabilities one a label, in the order of the labels
     * @throws IllegalArgumentException if there are not as many probabilities as labels, or one is not from 0 to 1
     */
    public Prediction(Labels<L> labels, float... probabilities) {
        if (labels.size() != probabilities.length) {
            throw new IllegalArgumentException("expected a probability for each of the " + labels.size()
                    + " labels; received " + probabilities.length);
        }
        this.labels = labels;
        this.probabilities = probabilities.clone();
        for (float probability : this.probabilities) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("a probability is from 0 to 1; received " + probability);
            }
        }
        this.best = IntStream.range(0, probabilities.length)
                .reduce((first, next) -> this.probabilities[next] > this.probabilities[first] ? next : first)
                .orElseThrow();
    }

    /** The most likely label. */
    public L item() {
        return labels.item(best);
    }

    /** The probability of {@link #item()}. */
    public float confidence() {
        return probabilities[best];
    }

    /** All labels, the most likely first; labels of equal probability in the model's order. */
    public List<Score<L>> ranked() {
        // A stable sort: labels of equal probability stay in the model's order, as numpy.argmax takes the first.
        return IntStream.range(0, probabilities.length)
                .mapToObj(i -> new Score<>(labels.item(i), probabilities[i]))
                .sorted(Comparator.comparing((Score<L> score) -> score.probability())
                        .reversed())
                .toList();
    }

    /**
     * The probability of one label.
     *
     * @throws IllegalArgumentException if it is none of the model's labels
     */
    public float probability(L item) {
        return probabilities[labels.indexOf(item)];
    }

    /** The probabilities in the order of the labels, a fresh array. */
    public float[] probabilities() {
        return probabilities.clone();
    }

    /** The labels the probabilities stand for. */
    public Labels<L> labels() {
        return labels;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Prediction<?> prediction
                && labels.equals(prediction.labels)
                && Arrays.equals(probabilities, prediction.probabilities);
    }

    @Override
    public int hashCode() {
        return 31 * labels.hashCode() + Arrays.hashCode(probabilities);
    }

    /** For people: {@code Ankle boot (97.3 %)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%.1f %%)", labels.displayName(item()), confidence() * 100);
    }
}
