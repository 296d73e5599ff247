package io.atelier.data;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Fashion-MNIST: 28 x 28 grey images of clothing, light on black, with labels from 0 to 9.
 *
 * <p>Source: https://github.com/zalandoresearch/fashion-mnist. The four IDX files are looked for in one folder, under
 * their own names, compressed ({@code .gz}) or not.
 */
public final class FashionMnist {
    private static final int SIZE = 28;
    private static final int CLASSES = 10;

    private FashionMnist() {}

    /**
     * A part of the dataset.
     *
     * @param images 28 x 28 pixels each
     * @param labels one an image, from 0 to 9
     */
    public record Part(ImageSet images, LabelSet labels) {
        public Part {
            if (images.count() != labels.count()) {
                throw new IllegalArgumentException("expected a label an image; received " + images + " and " + labels);
            }
        }

        public int count() {
            return images.count();
        }

        /** The images and labels from {@code from} (inclusive) to {@code to} (exclusive). */
        public Part range(int from, int to) {
            return new Part(images.range(from, to), labels.range(from, to));
        }
    }

    /**
     * Reads the 60,000 images for training.
     *
     * @throws InvalidDataException if a file is missing or damaged, or the two do not belong together
     */
    public static Part train(Path folder) {
        return part(folder, "train");
    }

    /**
     * Reads the 10,000 images for testing.
     *
     * @throws InvalidDataException if a file is missing or damaged, or the two do not belong together
     */
    public static Part test(Path folder) {
        return part(folder, "t10k");
    }

    private static Part part(Path folder, String prefix) {
        Path imageFile = find(folder, prefix + "-images-idx3-ubyte");
        Path labelFile = find(folder, prefix + "-labels-idx1-ubyte");
        ImageSet images = IdxFile.images(imageFile);
        LabelSet labels = IdxFile.labels(labelFile);
        if (images.height() != SIZE || images.width() != SIZE) {
            throw new InvalidDataException(imageFile, "expected images of 28 x 28 pixels; received " + images);
        }
        if (images.count() != labels.count()) {
            throw new InvalidDataException(folder, "expected a label an image; received " + images + " and " + labels);
        }
        int largest = labels.stream().max().orElse(0);
        if (largest >= CLASSES) {
            throw new InvalidDataException(labelFile, "expected labels from 0 to 9; received " + largest);
        }
        return new Part(images, labels);
    }

    private static Path find(Path folder, String name) {
        Path plain = folder.resolve(name);
        Path compressed = folder.resolve(name + ".gz");
        if (Files.isRegularFile(plain)) {
            return plain;
        }
        if (Files.isRegularFile(compressed)) {
            return compressed;
        }
        throw new InvalidDataException(folder, "expected the file " + name + " or " + name + ".gz; there is neither");
    }
}
