package io.atelier.serve;

import io.atelier.classify.ImageClassifier;
import io.atelier.classify.ImageInput;
import io.atelier.keras.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Decodes images, no more at the same time than there are cores: each may take a hundred megabytes, and more at once would
 * not be faster. Thread-safe.
 */
final class Images {
    private final Semaphore places = new Semaphore(Runtime.getRuntime().availableProcessors());

    /**
     * The tensor that a model is given for an encoded image: a batch of one.
     *
     * @throws io.atelier.classify.InvalidImageException if it is no image, is damaged or too large
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
        places.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
