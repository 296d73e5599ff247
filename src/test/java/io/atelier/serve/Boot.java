package io.atelier.serve;

import io.atelier.testing.Fixtures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A picture of an ankle boot from the test set, in the forms in which clients send it. */
final class Boot {
    static final Path MODEL = Fixtures.FASHION_MNIST.resolve("model.keras");
    static final Path FILE = Fixtures.FASHION_MNIST.resolve("images/ankle-boot-0000.png");

    private Boot() {}

    static byte[] bytes() {
        return bytes(FILE);
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String base64() {
        return Base64.getEncoder().encodeToString(bytes());
    }

    /** 28 rows of 28 lists of one number, as Python's {@code tolist} gives an image of shape (28, 28, 1). */
    static String nested() {
        return rows("[%s]");
    }

    /** 784 numbers. */
    static String flat() {
        return rows("%s").replaceAll("[\\[\\]]", "");
    }

    private static String rows(String pixel) {
        try {
            BufferedImage image = ImageIO.read(FILE.toFile());
            return IntStream.range(0, 28)
                    .mapToObj(y -> IntStream.range(0, 28)
                            .mapToObj(x -> String.format(
                                    pixel, Float.toString(image.getRaster().getSample(x, y, 0) / 255f)))
                            .collect(Collectors.joining(",", "[", "]")))
                    .collect(Collectors.joining(",", "[", "]"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
