package io.atelier.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Fashion-MNIST: 28 x 28 grey images of clothing, light on black, with labels from 0 to 9.
 *
 * <p>Source: https://github.com/zalandoresearch/fashion-mnist. The four IDX files are looked for in one folder, under
 * their own names, compressed ({@code .gz}) or not.
 */
public final class FashionMnist {
    /** What the labels from 0 to 9 are called. */
    public static final List<String> CLASS_NAMES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private FashionMnist() {}

    /**
     * The 60,000 images for training.
     *
     * @throws InvalidDataException if a file is missing or damaged, or the two do not belong together
     */
    public static Dataset train(Path folder) {
        return part(folder, "train");
    }

    /**
     * The 10,000 images for testing.
     *
     * @throws InvalidDataException if a file is missing or damaged, or the two do not belong together
     */
    public static Dataset test(Path folder) {
        return part(folder, "t10k");
    }

    private static Dataset part(Path folder, String prefix) {
        return Dataset.ofIdx(
                find(folder, prefix + "-images-idx3-ubyte"), find(folder, prefix + "-labels-idx1-ubyte"), CLASS_NAMES);
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
