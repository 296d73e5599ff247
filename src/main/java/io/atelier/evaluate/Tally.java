package io.atelier.evaluate;

import io.atelier.data.ImageSource;
import io.atelier.data.InvalidDataException;
import io.atelier.data.LabelledImage;
import io.atelier.data.SkippedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;

/** Counts a model's answers one by one, keeping only what an {@link Evaluation} needs. */
final class Tally {
    private static final int MOST_SKIPPED = 1000;
    /** A mistake, and how many images came before it. */
    private record Numbered(long number, Mistake mistake) {
        /** The least confident first, of equals the latest. */
        static final Comparator<Numbered> LEAST_FIRST = Comparator.comparing(
                        (Numbered numbered) -> numbered.mistake().confidence())
                .thenComparing(Numbered::number, Comparator.reverseOrder());
    }

    private final long start = System.nanoTime();
    private final List<String> labels;
    private final int[] outputs;
    private final long[][] counts;
    private final long[] ranks;
    private final int mostMistakes;
    private final Function<ImageSource, String> thumbnails;
    private final PriorityQueue<Numbered> mistakes = new PriorityQueue<>(Numbered.LEAST_FIRST);
    private final List<SkippedImage> skipped = new ArrayList<>();
    private long skippedCount;
    private long done;
    private double loss;

    /**
     * A tally of nothing.
     *
     * @param labels of the model, in its order
     * @param outputs the label of each class of the data
     * @param thumbnails makes a mistake's picture
     */
    Tally(List<String> labels, int[] outputs, int mostMistakes, Function<ImageSource, String> thumbnails) {
        this.labels = labels;
        this.outputs = outputs;
        this.counts = new long[labels.size()][labels.size()];
        this.ranks = new long[labels.size()];
        this.mostMistakes = mostMistakes;
        this.thumbnails = thumbnails;
    }

    void add(LabelledImage image, float[] probabilities) {
        int actual = outputs[image.label()];
        int predicted = 0;
        int rank = 0;
        for (int i = 0; i < probabilities.length; i++) {
            predicted = probabilities[i] > probabilities[predicted] ? i : predicted;
            boolean isAhead = probabilities[i] > probabilities[actual]
                    || (probabilities[i] == probabilities[actual] && i < actual);
            rank += isAhead ? 1 : 0;
        }
        counts[actual][predicted]++;
        ranks[rank]++;
        // Keras goes back to the values before softmax: no probability is too small for it but one that is 0 to a
        // float.
        loss -= Math.log(Math.max(probabilities[actual], Float.MIN_VALUE));
        if (predicted != actual && isAmongTheSurest(probabilities[predicted])) {
            mistakes.add(new Numbered(
                    done,
                    new Mistake(
                            image.image().name(),
                            labels.get(actual),
                            labels.get(predicted),
                            probabilities[predicted],
                            probabilities[actual],
                            thumbnails.apply(image.image()))));
            if (mistakes.size() > mostMistakes) {
                mistakes.remove();
            }
        }
        done++;
    }

    private boolean isAmongTheSurest(float confidence) {
        Numbered least = mistakes.peek();
        return mistakes.size() < mostMistakes
                || (least != null && confidence > least.mistake().confidence());
    }

    void addSkipped(SkippedImage image) {
        skippedCount++;
        if (skipped.size() < MOST_SKIPPED) {
            skipped.add(image);
        }
        done++;
    }

    /** The number of images, skipped ones among them. */
    long done() {
        return done;
    }

    Evaluation toEvaluation(String source) {
        if (skippedCount == done) {
            throw new InvalidDataException(
                    source,
                    "none of the " + done + " images can be read; the first: "
                            + skipped.get(0).reason());
        }
        return new Evaluation(
                source,
                new ConfusionMatrix(labels, counts),
                Arrays.stream(ranks).boxed().toList(),
                loss / (done - skippedCount),
                mistakes.stream()
                        .sorted(Numbered.LEAST_FIRST.reversed())
                        .map(Numbered::mistake)
                        .toList(),
                skippedCount,
                skipped,
                Duration.ofNanos(System.nanoTime() - start));
    }
}
