package io.atelier.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;

/** The images beside the tests, made by make_images.py, and images made on the spot. */
final class TestImages {
    private TestImages() {}

    static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(TestImages.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] bytes(String name) {
        try (InputStream in = Objects.requireNonNull(TestImages.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The samples of an opaque PNG of 8 bits, as stored. */
    static float[] samples(String name) {
        try {
            BufferedImage image = ImageIO.read(file(name).toFile());
            return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (float[]) null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Releases of Pillow differ by one grey level, by the direction in which they scale first. */
    static void assertAlike(float[] values, float[] expected, int tolerance) {
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < values.length; i++) {
            assertThat(Math.abs(values[i] - expected[i])).as("value %s", i).isLessThanOrEqualTo(tolerance);
        }
    }

    /** A grey image of a function of column and row. */
    static BufferedImage grey(int width, int height, IntBinaryOperator value) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, value.applyAsInt(x, y));
            }
        }
        return image;
    }

    static byte[] encoded(BufferedImage image, String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(ImageIO.write(image, format, out)).isTrue();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a model for 28 x 28 pixels and this many channels is given, unscaled. */
    static float[] preprocessed(ImageInput input, int channels, Preprocessing.Builder options) {
        return preprocessed(input, Shape.of(-1, 28, 28, channels), options);
    }

    static float[] preprocessed(ImageInput input, Shape shape, Preprocessing.Builder options) {
        FakeEngine engine = new FakeEngine(FakeEngine.model(shape, 10, ActivationFunction.SOFTMAX), image -> image);
        Preprocessing preprocessing = options.scaling(Scaling.NONE).build();
        try (ImageClassifier<FashionItem> classifier =
                ImageClassifier.of(engine, Labels.ofEnum(FashionItem.class), preprocessing)) {
            Tensor tensor = classifier.preprocess(input);
            return tensor.toArray();
        }
    }
}
