package io.atelier.evaluate;

import io.atelier.data.SkippedImage;
import java.time.Duration;
import java.util.List;

/**
 * How good a model's answers to labelled images are. Immutable and thread-safe.
 *
 * @param source what the images are called
 * @param confusion which labels were taken for which
 * @param ranks how many images have their true label at each place among the model's answers, the first place first
 * @param loss the mean of the images' cross-entropies, as Keras has it of a model that ends in softmax or sigmoid; a
 *     probability of 0 counts as 1.4e-45, the smallest above
 * @param mistakes the mistakes that the model was surest of, the surest first; as many as were asked for
 * @param skippedCount how many images could not be read and were passed over; they count nowhere else
 * @param skipped the first of them
 * @param time that it took
 */
public record Evaluation(
        String source,
        ConfusionMatrix confusion,
        List<Long> ranks,
        double loss,
        List<Mistake> mistakes,
        long skippedCount,
        List<SkippedImage> skipped,
        Duration time) {
    public Evaluation {
        ranks = List.copyOf(ranks);
        mistakes = List.copyOf(mistakes);
        skipped = List.copyOf(skipped);
    }

    /** The number of images. */
    public long count() {
        return confusion.total();
    }

    /** The share of images that were taken for what they are, from 0 to 1. */
    public double accuracy() {
        return confusion.accuracy();
    }

    /**
     * The share of images whose true label is among the model's first answers, from 0 to 1. Of labels with the same
     * probability, those that come first in the model's order are its first answers.
     *
     * @param k how many answers, at least 1
     */
    public double topAccuracy(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("the number of answers is at least 1; received " + k);
        }
        return (double) ranks.stream().limit(k).mapToLong(Long::longValue).sum() / count();
    }

    /** Precision, recall and F1 score of each label. */
    public ClassificationReport report() {
        return ClassificationReport.of(confusion);
    }

    /** Everything for people, of a fixed width; ends with a line break. */
    public String toText() {
        return EvaluationText.of(this);
    }

    /** Everything but pictures, as a JSON object. */
    public String toJson() {
        return EvaluationJson.of(this);
    }
}
