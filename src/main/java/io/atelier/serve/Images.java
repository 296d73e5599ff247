package io.atelier.serve;

import io.atelier.classify.ImageClassifier;
import io.atelier.classify.ImageInput;
import io.atelier.keras.Tensor;
import io.atelier.serve.models.Batching;
import io.atelier.serve.models.Places;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.concurrent.Semaphore;

/**
 * Decodes images, no more at the same time than there are cores: each may take a hundred megabytes, and more at once would
 * not be faster. Thread-safe.
 */
final class Images {
    private final Places places;

    /** Waits as long as for a batch, and with as many others. */
    Images(Batching batching) {
        this.places = new Places(new Semaphore(Runtime.getRuntime().availableProcessors()), batching);
    }

    /**
     * The tensor that a model is given for an encoded image: a batch of one.
     *
     * @throws io.atelier.classify.InvalidImageException if it is no image, is damaged or too large
     * @throws io.atelier.serve.models.OverloadedException if as many wait as may
     * @throws io.atelier.serve.models.DeadlineException if no core became free in time
     */
    Tensor prepare(ImageClassifier<?> classifier, byte[] image) {
        return places.use(() -> classifier.preprocess(input(image)));
    }

    /** The picture that a model is given for an encoded image, before its pixels are scaled. */
    BufferedImage view(ImageClassifier<?> classifier, byte[] image) {
        return places.use(() -> classifier.preprocessor().view(input(image), "image"));
    }

    private static ImageInput input(byte[] image) {
        return new ImageInput.Stream(new ByteArrayInputStream(image));
    }
}
