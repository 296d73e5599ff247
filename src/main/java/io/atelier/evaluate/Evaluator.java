package io.atelier.evaluate;

import io.atelier.classify.ImageClassifier;
import io.atelier.classify.InvalidImageException;
import io.atelier.classify.Prediction;
import io.atelier.classify.Preprocessor;
import io.atelier.data.Dataset;
import io.atelier.data.InvalidDataException;
import io.atelier.data.Unreadable;
import io.atelier.keras.Tensor;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Runs a classifier on labelled images and counts how good its answers are. Immutable; as thread-safe as its progress
 * listener.
 *
 * <p>Memory does not grow with the number of images: they are read and run in batches, and of the mistakes and of the
 * images that cannot be read only some are kept.
 */
public final class Evaluator {
    private static final int BATCH_SIZE = 64;
    /** The most numbers in a batch, 64 MiB of them. */
    private static final int BATCH_VALUES = 16 << 20;

    private static final int MISTAKES = 24;

    private final ImageClassifier<?> classifier;
    private final Unreadable unreadable;
    private final int mistakes;
    private final LongConsumer progress;

    private Evaluator(ImageClassifier<?> classifier, Unreadable unreadable, int mistakes, LongConsumer progress) {
        this.classifier = classifier;
        this.unreadable = unreadable;
        this.mistakes = mistakes;
        this.progress = progress;
    }

    /**
     * An evaluator that refuses images that cannot be read, and keeps the 24 mistakes that the model is surest of.
     *
     * @param classifier stays open
     */
    public static Evaluator of(ImageClassifier<?> classifier) {
        return new Evaluator(classifier, Unreadable.REFUSE, MISTAKES, done -> {});
    }

    /** The same, doing this about images that cannot be read. */
    public Evaluator withUnreadable(Unreadable choice) {
        return new Evaluator(classifier, choice, mistakes, progress);
    }

    /**
     * The same, keeping this many mistakes.
     *
     * @param count at least 0
     */
    public Evaluator withMistakes(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("the number of mistakes to keep is at least 0; received " + count);
        }
        return new Evaluator(classifier, unreadable, count, progress);
    }

    /**
     * The same, telling how it gets on.
     *
     * @param listener called on the caller's thread after every batch, with the number of images done, skipped ones
     *     among them
     */
    public Evaluator withProgress(LongConsumer listener) {
        return new Evaluator(classifier, unreadable, mistakes, listener);
    }

    /**
     * Classifies all images.
     *
     * @throws InvalidDataException if a class of the data is none of the classifier's labels, the data is damaged, or
     *     none of the images can be read
     * @throws InvalidImageException if an image cannot be read, unless those are skipped
     */
    public Evaluation evaluate(Dataset data) {
        return evaluate(classifier, data);
    }

    private <L> Evaluation evaluate(ImageClassifier<L> running, Dataset data) {
        Preprocessor preprocessor = running.preprocessor();
        Tally tally = new Tally(
                running.labels().displayNames(),
                ClassMatch.outputs(running.labels(), data),
                mistakes,
                new Thumbnails(preprocessor)::of);
        int batchSize = Math.max(1, Math.min(BATCH_SIZE, BATCH_VALUES / preprocessor.valueCount()));
        try (ImageBatches batches = new ImageBatches(
                data.iterator(),
                preprocessor,
                Math.min(batchSize, preprocessor.maxBatch()),
                unreadable,
                tally::addSkipped)) {
            while (batches.hasNext()) {
                ImageBatches.Batch batch = batches.next();
                Tensor input = Tensor.wrap(preprocessor.batchShape(batch.size()), batch.values());
                List<Prediction<L>> predictions = running.classifyBatch(input);
                for (int i = 0; i < predictions.size(); i++) {
                    tally.add(batch.images().get(i), predictions.get(i).probabilities());
                }
                progress.accept(tally.done());
            }
        }
        return tally.toEvaluation(data.source());
    }
}
