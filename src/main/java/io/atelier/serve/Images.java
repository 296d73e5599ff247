package io.atelier.serve;

import io.atelier.classify.ImageClassifier;
import io.atelier.classify.ImageInput;
import io.atelier.keras.Tensor;
import io.atelier.serve.models.Batching;
import io.atelier.serve.models.DeadlineException;
import io.atelier.serve.models.OverloadedException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Decodes images, no more at the same time than there are cores: each may take a hundred megabytes, and more at once would
 * not be faster. Thread-safe.
 */
final class Images {
    private final Semaphore places = new Semaphore(Runtime.getRuntime().availableProcessors());
    private final Batching batching;

    /** Waits as long as for a batch, and with as many others. */
    Images(Batching batching) {
        this.batching = batching;
    }

    /**
     * The tensor that a model is given for an encoded image: a batch of one.
     *
     * @throws io.atelier.classify.InvalidImageException if it is no image, is damaged or too large
     * @throws OverloadedException if as many wait as may
     * @throws DeadlineException if no core became free in time
     */
    Tensor prepare(ImageClassifier<?> classifier, byte[] image) {
        return inPlace(() -> classifier.preprocess(input(image)));
    }

    /** The picture that a model is given for an encoded image, before its pixels are scaled. */
    BufferedImage view(ImageClassifier<?> classifier, byte[] image) {
        return inPlace(() -> classifier.preprocessor().view(input(image), "image"));
    }

    private static ImageInput input(byte[] image) {
        return new ImageInput.Stream(new ByteArrayInputStream(image));
    }

    private <T> T inPlace(Supplier<T> work) {
        if (places.getQueueLength() >= batching.queueCapacity()) {
            throw new OverloadedException(batching.queueCapacity());
        }
        try {
            if (!places.tryAcquire(batching.deadline().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new DeadlineException(batching.deadline());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the thread was interrupted while it waited for a core", e);
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
