package io.atelier.classify;

import static io.atelier.classify.TestImages.assertAlike;
import static io.atelier.classify.TestImages.bytes;
import static io.atelier.classify.TestImages.encoded;
import static io.atelier.classify.TestImages.file;
import static io.atelier.classify.TestImages.grey;
import static io.atelier.classify.TestImages.preprocessed;
import static io.atelier.classify.TestImages.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.layer.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecodingTest {
    private static float[] decoded(byte[] image) {
        return preprocessed(stream(image), 1, Preprocessing.builder());
    }

    private static ImageInput stream(byte[] image) {
        return new ImageInput.Stream(new ByteArrayInputStream(image));
    }

    private static void assertRefused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(InvalidImageException.class).hasMessageContainingAll(words);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aJpegIsTurnedAsItsExifOrientationSays(int orientation) throws IOException {
        Shape shape = orientation < 5 ? Shape.of(-1, 32, 48, 1) : Shape.of(-1, 48, 32, 1);

        float[] values = preprocessed(
                new ImageInput.File(file("orientation-" + orientation + ".jpg")), shape, Preprocessing.builder());

        assertAlike(values, samples("orientation-" + orientation + ".png"), 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wide.jpg", "wide.gif", "wide-palette.png", "wide.bmp"})
    void everyFormatOfTheJdkIsRead(String name) {
        float[] values =
                preprocessed(new ImageInput.File(file(name)), Shape.of(-1, 34, 61, 1), Preprocessing.builder());

        float[] expected = samples("wide-grey.png");
        double difference = 0;
        for (int i = 0; i < values.length; i++) {
            difference += Math.abs(values[i] - expected[i]) / values.length;
        }
        assertThat(difference).isLessThan(12);
    }

    @Test
    void aStreamIsReadToItsEndAndNotClosed() {
        boolean[] closed = {false};
        InputStream stream = new ByteArrayInputStream(bytes("wide.png")) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        preprocessed(new ImageInput.Stream(stream), 1, Preprocessing.builder());

        assertThat(closed[0]).isFalse();
        assertThat(stream).isEmpty();
    }

    @Test
    void anEmptyStreamIsRefused() {
        assertRefused(() -> decoded(new byte[0]), "image: ", "is empty", "received 0 bytes");
    }

    @Test
    void whatIsNoImageIsRefused() {
        byte[] text = "This is not an image.".getBytes(StandardCharsets.UTF_8);

        assertRefused(() -> decoded(text), "no image in a known format", "png", "convert it");
    }

    @Test
    void aMissingFileAndAFolderAreRefusedByName(@TempDir Path folder) {
        Path missing = folder.resolve("missing.png");

        assertRefused(
                () -> preprocessed(new ImageInput.File(missing), 1, Preprocessing.builder()),
                missing.toString(),
                "there is no such file");
        assertRefused(
                () -> preprocessed(new ImageInput.File(folder), 1, Preprocessing.builder()),
                folder.toString(),
                "is not a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wide.png", "wide.jpg", "wide.gif", "wide.bmp"})
    void aFileThatWasCutOffIsRefused(String name) {
        byte[] whole = bytes(name);

        for (int part = 1; part < 8; part++) {
            byte[] cut = Arrays.copyOf(whole, whole.length * part / 8);
            assertRefused(() -> decoded(cut), "image: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wide.png", "wide.jpg", "wide.gif", "wide.bmp"})
    void aFileWithAnyByteChangedIsReadOrRefused(String name) {
        byte[] whole = bytes(name);

        for (int i = 0; i < whole.length; i += 1 + i / 100) {
            byte[] changed = whole.clone();
            changed[i] ^= (byte) 0xff;
            try {
                decoded(changed);
            } catch (InvalidImageException e) {
                assertThat(e).hasMessageStartingWith("image: ");
            }
        }
    }

    @Test
    void aJpegOfFourComponentsIsRefused() {
        assertRefused(() -> decoded(bytes("cmyk.jpg")), "four components (CMYK)", "convert it to RGB");
    }

    @Test
    void aPngThatClaimsTenBillionPixelsIsRefusedBeforeItIsDecoded() {
        byte[] png = bytes("wide.png");
        ByteBuffer.wrap(png).putInt(16, 100_000).putInt(20, 100_000);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());

        assertRefused(() -> decoded(png), "100000 x 100000 pixels", "maxPixels=32000000", "ImageLimits");
    }

    @Test
    void theLimitsAreOptions() {
        Preprocessing.Builder small = Preprocessing.builder().limits(new ImageLimits(1000, 1 << 20));
        assertRefused(
                () -> preprocessed(new ImageInput.File(file("wide.png")), 1, small),
                "34 x 61 pixels",
                "maxPixels=1000");

        Preprocessing.Builder few = Preprocessing.builder().limits(new ImageLimits(10_000, 100));
        assertRefused(() -> preprocessed(new ImageInput.File(file("wide.png")), 1, few), "maxBytes=100");
    }

    @Test
    void anInputStreamThatFailsIsRefusedWithItsReason() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertRefused(
                () -> preprocessed(new ImageInput.Stream(broken), 1, Preprocessing.builder()), "connection reset");
    }

    @Test
    void aPngThatThisJvmWroteComesBackToTheBit() {
        byte[] png = encoded(grey(28, 28, (x, y) -> (x * y) % 256), "png");

        float[] values = decoded(png);

        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isEqualTo(i % 28 * (i / 28) % 256);
        }
    }
}
