package io.atelier.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.classify.InvalidImageException;
import io.atelier.classify.Preprocessing;
import io.atelier.classify.Preprocessor;
import io.atelier.data.Dataset;
import io.atelier.data.ImageSource;
import io.atelier.data.LabelledImage;
import io.atelier.data.LabelledImages;
import io.atelier.data.SkippedImage;
import io.atelier.data.Unreadable;
import io.atelier.keras.io.KerasReader;
import io.atelier.testing.Fixtures;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageBatchesTest {
    private static final Preprocessor PREPROCESSOR = new Preprocessor(
            KerasReader.read(Fixtures.ROOT.resolve("tuning/eight.keras")),
            Preprocessing.builder().build());

    private final List<SkippedImage> skipped = new ArrayList<>();

    /** Grey images, each as light as its number; those with one of the given numbers cannot be read. */
    private static Dataset images(int count, Integer... broken) {
        List<LabelledImage> images = IntStream.range(0, count)
                .mapToObj(i -> new LabelledImage(List.of(broken).contains(i) ? text(i) : grey(i), i % 2))
                .toList();
        return Dataset.of("test", List.of("even", "odd"), images);
    }

    private static ImageSource text(int number) {
        return new ImageSource.Encoded("image " + number, new byte[] {'n', 'o'});
    }

    private static ImageSource grey(int number) {
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 784; i++) {
            image.getRaster().setSample(i % 28, i / 28, 0, number);
        }
        return new ImageSource.Picture("image " + number, image);
    }

    /** The numbers of the images of each batch, told from their values. */
    private List<List<Integer>> numbers(Dataset data, int batchSize) {
        List<List<Integer>> numbers = new ArrayList<>();
        try (ImageBatches batches =
                new ImageBatches(data.iterator(), PREPROCESSOR, batchSize, Unreadable.SKIP, skipped::add)) {
            while (batches.hasNext()) {
                ImageBatches.Batch batch = batches.next();
                assertThat(batch.values()).hasSize(batch.size() * 784);
                List<Integer> found = IntStream.range(0, batch.size())
                        .map(i -> Math.round(batch.values()[i * 784 + 783] * 255))
                        .boxed()
                        .toList();
                assertThat(found)
                        .allMatch(i -> batch.images()
                                .get(found.indexOf(i))
                                .image()
                                .name()
                                .equals("image " + i));
                numbers.add(found);
            }
        }
        return numbers;
    }

    @Test
    void batchesAreFullAndInOrder() {
        assertThat(numbers(images(5), 2)).containsExactly(List.of(0, 1), List.of(2, 3), List.of(4));
        assertThat(numbers(images(4), 2)).containsExactly(List.of(0, 1), List.of(2, 3));
        assertThat(numbers(images(3), 8)).containsExactly(List.of(0, 1, 2));
    }

    @Test
    void othersTakeThePlaceOfImagesThatCannotBeRead() {
        assertThat(numbers(images(9, 0, 2, 3, 8), 3)).containsExactly(List.of(1, 4, 5), List.of(6, 7));
        assertThat(skipped).extracting(SkippedImage::name).containsExactly("image 0", "image 2", "image 3", "image 8");
        assertThat(skipped.get(0).reason()).startsWith("image 0: is no image in a known format");
        assertThat(numbers(images(2, 0, 1), 3)).isEmpty();
    }

    @Test
    void theFirstThatCannotBeReadIsRefusedByName() {
        try (ImageBatches batches =
                new ImageBatches(images(9, 2, 3).iterator(), PREPROCESSOR, 4, Unreadable.REFUSE, skipped::add)) {
            assertThatThrownBy(batches::hasNext)
                    .isInstanceOf(InvalidImageException.class)
                    .hasMessageStartingWith("image 2: ");
        }
        assertThat(skipped).isEmpty();
    }

    @Test
    void closingClosesTheImages() {
        LabelledImages images = images(9).iterator();
        ImageBatches batches = new ImageBatches(images, PREPROCESSOR, 4, Unreadable.REFUSE, skipped::add);
        batches.next();
        batches.close();
        assertThat(images.hasNext()).isFalse();
    }

    @Test
    void aBatchHasAnImage() {
        assertThatThrownBy(
                        () -> new ImageBatches(images(9).iterator(), PREPROCESSOR, 0, Unreadable.REFUSE, skipped::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a batch has at least 1 image; received 0");
    }
}
