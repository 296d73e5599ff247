package io.atelier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
    @TempDir
    private Path folder;

    private static byte[] idx(int magic, int[] sizes, int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * sizes.length + values.length);
        buffer.putInt(magic);
        Arrays.stream(sizes).forEach(buffer::putInt);
        Arrays.stream(values).forEach(value -> buffer.put((byte) value));
        return buffer.array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private void assertImagesRefused(byte[] bytes, String words) throws IOException {
        Path file = write("refused", bytes);
        assertThatThrownBy(() -> IdxFile.images(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(words);
    }

    @Test
    void imagesAreReadPlainAndCompressed() throws IOException {
        byte[] bytes = idx(0x803, new int[] {2, 1, 3}, 0, 1, 255, 10, 20, 30);

        for (Path file : new Path[] {write("plain", bytes), write("packed.gz", gzip(bytes))}) {
            ImageSet images = IdxFile.images(file);

            assertThat(images).hasToString("2 images of 1 x 3 pixels");
            assertThat(images.pixels(1)).containsExactly(10, 20, 30);
            assertThat(images.image(0).getRaster().getSample(2, 0, 0)).isEqualTo(255);
            assertThatThrownBy(() -> images.pixels(2)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void labelsAreUnsigned() throws IOException {
        LabelSet labels = IdxFile.labels(write("labels", idx(0x801, new int[] {3}, 9, 0, 255)));

        assertThat(labels.stream()).containsExactly(9, 0, 255);
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        byte[] whole = idx(0x803, new int[] {1, 1, 2}, 1, 2);

        assertImagesRefused(new byte[0], "ends within its header of 16 bytes");
        assertImagesRefused(Arrays.copyOf(whole, 17), "announces 2 values and the file holds 1");
        assertImagesRefused(Arrays.copyOf(whole, 19), "holds more than the 2 values");
        assertImagesRefused(Arrays.copyOf(gzip(whole), 20), "cannot be read");
        assertImagesRefused(idx(0x801, new int[] {12, 0, 0}), "(images); received 0x00000801 (labels)");
        assertImagesRefused(idx(0x803, new int[] {1, 0, 2}), "axis 1 has the size 0");
        assertImagesRefused(idx(0x803, new int[] {-1, 1, 2}), "axis 0 has the size -1");
    }

    @Test
    void aHeaderThatAnnouncesTooMuchIsRefusedBeforeMemoryIsTaken() throws IOException {
        int large = Integer.MAX_VALUE;

        assertImagesRefused(idx(0x803, new int[] {large, large, large}), "limit MAX_VALUES=536870912");
        assertImagesRefused(idx(0x803, new int[] {1 << 29, 1, 1}, 1, 2, 3), "the file holds 3");
    }

    @Test
    void aMissingFileIsRefused() {
        assertThatThrownBy(() -> IdxFile.labels(folder.resolve("missing")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void fashionMnistIsReadFromItsFolder() throws IOException {
        int[] pixels = new int[2 * 784];
        pixels[784] = 7;
        write("t10k-images-idx3-ubyte.gz", gzip(idx(0x803, new int[] {2, 28, 28}, pixels)));
        write("t10k-labels-idx1-ubyte", idx(0x801, new int[] {2}, 9, 3));

        Dataset test = FashionMnist.test(folder);

        assertThat(test.classNames()).startsWith("T-shirt/top").endsWith("Ankle boot");
        assertThat(test).extracting(LabelledImage::label).containsExactly(9, 3);
        assertThat(test).extracting(image -> image.image().name()).endsWith("image 1 of t10k-images-idx3-ubyte.gz");
        assertThatThrownBy(() -> FashionMnist.train(folder))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("train-images-idx3-ubyte or train-images-idx3-ubyte.gz");
    }

    @Test
    void partsThatAreNotFashionMnistAreRefused() throws IOException {
        write("t10k-images-idx3-ubyte", idx(0x803, new int[] {1, 28, 28}, new int[784]));
        write("t10k-labels-idx1-ubyte", idx(0x801, new int[] {2}, 1, 2));
        assertThatThrownBy(() -> FashionMnist.test(folder)).hasMessageContaining("expected a label an image");

        write("t10k-labels-idx1-ubyte", idx(0x801, new int[] {1}, 10));
        assertThatThrownBy(() -> FashionMnist.test(folder))
                .hasMessageContaining("received the label 10; expected 0 to 9");
    }
}
