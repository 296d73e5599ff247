package io.atelier.tune;

import io.atelier.classify.Preprocessor;
import io.atelier.data.Dataset;
import io.atelier.data.LabelledImages;
import io.atelier.data.SkippedImage;
import io.atelier.evaluate.ImageBatches;
import io.atelier.train.Trainer;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Goes through a data set once: learns from it, or scores it. */
final class Epoch {
    private final Trainer trainer;
    private final Preprocessor preprocessor;
    private final TuningOptions options;
    private final Consumer<SkippedImage> skipped;

    Epoch(Trainer trainer, Preprocessor preprocessor, TuningOptions options, Consumer<SkippedImage> skipped) {
        this.trainer = trainer;
        this.preprocessor = preprocessor;
        this.options = options;
        this.skipped = skipped;
    }

    /** How an epoch ended. */
    enum End {
        /** With the last image. */
        DONE,
        /** With a loss that is no finite number. */
        DIVERGED,
        /** Because the program asked for it. */
        CANCELLED
    }

    /**
     * What came of an epoch.
     *
     * @param images that were seen
     * @param loss the mean over them
     * @param accuracy over them, from 0 to 1
     */
    record Result(End end, int images, double loss, double accuracy) {}

    /**
     * Learns from every image, in an order of the epoch's own.
     *
     * @param outputs of the model by the data's labels
     */
    Result learn(Dataset data, int[] outputs, int number) {
        Augmenter augmenter = new Augmenter(options.augmentation(), preprocessor.layout());
        Sums sums = new Sums();
        try (ImageBatches batches = batches(data.shuffled(Seeds.of(options.seed(), number, 0)));
                Ahead<ImageBatches.Batch> ahead = new Ahead<>(augmented(batches, augmenter, number))) {
            while (ahead.hasNext()) {
                ImageBatches.Batch batch = ahead.next();
                int[] labels = labels(batch, outputs);
                long seed = Seeds.of(options.seed(), number, 1 + sums.images);
                sums.add(trainer.step(batch.values(), labels, weights(labels), seed), batch.size());
                if (!Double.isFinite(sums.loss)) {
                    return sums.result(End.DIVERGED);
                }
                options.listener()
                        .onBatch(new TuningListener.Position(
                                number, options.epochs(), sums.images, data.size(), sums.meanLoss(), sums.accuracy()));
                if (options.cancelled().getAsBoolean()) {
                    return sums.result(End.CANCELLED);
                }
            }
        }
        return sums.result(End.DONE);
    }

    /** Scores every image in inference. */
    Result score(Dataset data, int[] outputs) {
        Sums sums = new Sums();
        try (ImageBatches batches = batches(data.iterator());
                Ahead<ImageBatches.Batch> ahead = new Ahead<>(batches)) {
            while (ahead.hasNext()) {
                ImageBatches.Batch batch = ahead.next();
                sums.add(trainer.score(batch.values(), labels(batch, outputs)), batch.size());
            }
        }
        return sums.result(End.DONE);
    }

    private ImageBatches batches(LabelledImages images) {
        return new ImageBatches(images, preprocessor, options.batchSize(), options.unreadable(), skipped);
    }

    private Iterator<ImageBatches.Batch> augmented(ImageBatches batches, Augmenter augmenter, int number) {
        SplittableRandom random = new SplittableRandom(Seeds.of(options.seed(), number, -1));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public ImageBatches.Batch next() {
                ImageBatches.Batch batch = batches.next();
                augmenter.apply(batch.values(), random);
                return batch;
            }
        };
    }

    private static int[] labels(ImageBatches.Batch batch, int[] outputs) {
        return batch.images().stream().mapToInt(image -> outputs[image.label()]).toArray();
    }

    private float[] weights(int[] labels) {
        if (options.classWeights().isEmpty()) {
            return new float[0];
        }
        float[] weights = new float[labels.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = options.classWeights().get(labels[i]).floatValue();
        }
        return weights;
    }

    /** Means weighted by the size of batches, as Keras's fit has them. */
    private static final class Sums {
        private int images;
        private int correct;
        private double loss;

        void add(Trainer.Score score, int size) {
            images += size;
            correct += score.correct();
            loss += score.loss() * size;
        }

        double meanLoss() {
            return loss / images;
        }

        double accuracy() {
            return (double) correct / images;
        }

        Result result(End end) {
            return new Result(end, images, meanLoss(), accuracy());
        }
    }
}
