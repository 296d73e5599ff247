package io.atelier.evaluate;

import io.atelier.classify.ImageInput;
import io.atelier.classify.InvalidImageException;
import io.atelier.classify.Preprocessor;
import io.atelier.data.ImageSource;
import io.atelier.data.LabelledImage;
import io.atelier.data.LabelledImages;
import io.atelier.data.SkippedImage;
import io.atelier.data.Unreadable;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Labelled images as a model takes them, batch by batch. Used by one thread.
 *
 * <p>The images of a batch are decoded by as many threads as there are processors; their order is kept.
 */
public final class ImageBatches implements Iterator<ImageBatches.Batch>, AutoCloseable {
    private final LabelledImages images;
    private final Preprocessor preprocessor;
    private final int batchSize;
    private final Unreadable unreadable;
    private final Consumer<SkippedImage> skipped;
    private Optional<Batch> next = Optional.empty();

    /**
     * Images with what they become.
     *
     * @param images at least 1
     * @param values of one image after the other, a fresh array
     */
    public record Batch(List<LabelledImage> images, float[] values) {
        public Batch {
            images = List.copyOf(images);
        }

        public int size() {
            return images.size();
        }
    }

    /**
     * Batches of images.
     *
     * @param images closed with this
     * @param batchSize the number of images in every batch but the last, at least 1; of those that can be read
     * @param skipped told of every image that is passed over, in order, on the caller's thread
     * @throws IllegalArgumentException if the model does not take batches of that size
     */
    public ImageBatches(
            LabelledImages images,
            Preprocessor preprocessor,
            int batchSize,
            Unreadable unreadable,
            Consumer<SkippedImage> skipped) {
        if (batchSize < 1 || batchSize > preprocessor.maxBatch()) {
            throw new IllegalArgumentException("a batch has at least 1 image"
                    + (preprocessor.maxBatch() == 1 ? ", and this model's 1 only" : "") + "; received " + batchSize);
        }
        this.images = images;
        this.preprocessor = preprocessor;
        this.batchSize = batchSize;
        this.unreadable = unreadable;
        this.skipped = skipped;
    }

    /**
     * Whether there is another batch, which is decoded now.
     *
     * @throws InvalidImageException if an image cannot be read and is not to be skipped
     * @throws io.atelier.data.InvalidDataException if the data set is damaged
     */
    @Override
    public boolean hasNext() {
        if (next.isEmpty()) {
            next = read();
        }
        return next.isPresent();
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Batch batch = next.orElseThrow();
        next = Optional.empty();
        return batch;
    }

    private Optional<Batch> read() {
        int size = preprocessor.valueCount();
        List<LabelledImage> read = new ArrayList<>();
        float[] values = new float[Math.multiplyExact(batchSize, size)];
        while (read.size() < batchSize && images.hasNext()) {
            List<LabelledImage> taken = take(batchSize - read.size());
            int from = read.size();
            List<Optional<InvalidImageException>> failures = IntStream.range(0, taken.size())
                    .parallel()
                    .mapToObj(i -> write(taken.get(i), values, (from + i) * size))
                    .toList();
            for (int i = 0; i < taken.size(); i++) {
                if (failures.get(i).isPresent()) {
                    skip(taken.get(i), failures.get(i).get());
                    continue;
                }
                System.arraycopy(values, (from + i) * size, values, read.size() * size, size);
                read.add(taken.get(i));
            }
        }
        if (read.isEmpty()) {
            return Optional.empty();
        }
        float[] filled = read.size() == batchSize ? values : Arrays.copyOf(values, read.size() * size);
        return Optional.of(new Batch(read, filled));
    }

    private List<LabelledImage> take(int count) {
        List<LabelledImage> taken = new ArrayList<>(count);
        while (taken.size() < count && images.hasNext()) {
            taken.add(images.next());
        }
        return taken;
    }

    private Optional<InvalidImageException> write(LabelledImage image, float[] values, int offset) {
        try {
            preprocessor.write(input(image.image()), image.image().name(), values, offset);
            return Optional.empty();
        } catch (InvalidImageException e) {
            return Optional.of(e);
        }
    }

    private void skip(LabelledImage image, InvalidImageException failure) {
        if (unreadable == Unreadable.REFUSE) {
            throw failure;
        }
        skipped.accept(new SkippedImage(image.image().name(), String.valueOf(failure.getMessage())));
    }

    /** The image as a classifier takes it. */
    static ImageInput input(ImageSource image) {
        if (image instanceof ImageSource.File file) {
            return new ImageInput.File(file.path());
        } else if (image instanceof ImageSource.Picture picture) {
            return new ImageInput.Picture(picture.image());
        } else if (image instanceof ImageSource.Encoded encoded) {
            return new ImageInput.Stream(new ByteArrayInputStream(encoded.bytes()));
        }
        throw new IllegalArgumentException("no form of image: " + image);
    }

    @Override
    public void close() {
        images.close();
    }
}
