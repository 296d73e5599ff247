package io.atelier.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of 320 MiB of images within a heap of 256 MiB. */
@Tag("small-heap")
class LargeDatasetTest {
    private static final int IMAGES = 320;
    private static final int SIZE = 1024;

    @TempDir
    private static Path folder;

    private static Dataset data() {
        return Dataset.ofIdx(folder.resolve("images.gz"), folder.resolve("labels.gz"));
    }

    @BeforeAll
    static void write() throws IOException {
        try (DataOutputStream images = open("images.gz");
                DataOutputStream labels = open("labels.gz")) {
            for (int number : new int[] {0x803, IMAGES, SIZE, SIZE}) {
                images.writeInt(number);
            }
            labels.writeInt(0x801);
            labels.writeInt(IMAGES);
            byte[] image = new byte[SIZE * SIZE];
            for (int i = 0; i < IMAGES; i++) {
                image[0] = (byte) i;
                images.write(image);
                labels.write(i % 4);
            }
        }
    }

    private static DataOutputStream open(String name) throws IOException {
        return new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)), 1 << 16));
    }

    private static List<Integer> firstPixels(Iterator<LabelledImage> images) {
        List<Integer> pixels = new ArrayList<>();
        images.forEachRemaining(image -> pixels.add(
                ((ImageSource.Picture) image.image()).image().getRaster().getSample(0, 0, 0)));
        return pixels;
    }

    @Test
    void isGoneThroughAgainAndAgain() {
        Dataset data = data();
        List<Integer> expected =
                IntStream.range(0, IMAGES).map(i -> i & 0xff).boxed().toList();

        assertThat(firstPixels(data.iterator())).isEqualTo(expected);
        assertThat(firstPixels(data.iterator())).isEqualTo(expected);
    }

    @Test
    void isShuffledAndSplit() {
        Dataset.Split split = data().split(0.25, 1);

        assertThat(split.heldOut().counts()).containsExactly(20, 20, 20, 20);
        List<Integer> inOrder = firstPixels(split.heldOut().iterator());
        assertThat(firstPixels(split.heldOut().shuffled(1)))
                .isEqualTo(firstPixels(split.heldOut().shuffled(1)))
                .isNotEqualTo(inOrder)
                .containsExactlyInAnyOrderElementsOf(inOrder);
    }
}
