package io.atelier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
    private static final List<String> ABC = List.of("a", "b", "c");

    @TempDir
    private Path folder;

    private void file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.createFile(file);
    }

    /** Images that are called by their numbers, with the labels 0, 1, 2, 0, 1, 2, ... */
    private static List<LabelledImage> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new LabelledImage(new ImageSource.Encoded(String.valueOf(i), new byte[100]), i % 3))
                .toList();
    }

    /** The same images, which nobody can have by their position. */
    private static Iterable<LabelledImage> streamed(int count) {
        return () -> numbered(count).iterator();
    }

    private static List<String> names(Iterator<LabelledImage> images) {
        List<String> names = new ArrayList<>();
        images.forEachRemaining(image -> names.add(image.image().name()));
        return names;
    }

    private Dataset idx(int images, int pixels) throws IOException {
        ByteBuffer imageFile = ByteBuffer.allocate(16 + images * pixels);
        imageFile.putInt(0x803).putInt(images).putInt(1).putInt(pixels);
        ByteBuffer labelFile = ByteBuffer.allocate(8 + images);
        labelFile.putInt(0x801).putInt(images);
        for (int i = 0; i < images; i++) {
            imageFile.put(16 + i * pixels, (byte) i);
            labelFile.put((byte) (i % 3));
        }
        return Dataset.ofIdx(
                Files.write(folder.resolve("images"), imageFile.array()),
                Files.write(folder.resolve("labels"), labelFile.array()));
    }

    @Test
    void aFolderHasItsClassesInAlphabeticalOrderAndItsImagesInThatOfKeras() throws IOException {
        for (String name : List.of("dogs/2.png", "dogs/1.png", "cats/z.png", "cats/more/a.png", "cats-2/x.gif")) {
            file(name);
        }

        Dataset data = Dataset.ofFolder(folder);

        assertThat(data.classNames()).containsExactly("cats", "cats-2", "dogs");
        assertThat(names(data.iterator()))
                .extracting(name -> folder.relativize(Path.of(name)).toString().replace('\\', '/'))
                .containsExactly("cats/z.png", "cats/more/a.png", "cats-2/x.gif", "dogs/1.png", "dogs/2.png");
        assertThat(data.labels()).containsExactly(0, 0, 1, 2, 2);
        assertThat(data.counts()).containsExactly(2, 1, 2);
    }

    @Test
    void theOrderOfClassesMayBeGiven() throws IOException {
        file("cats/1.png");
        file("dogs/1.png");

        assertThat(Dataset.ofFolder(folder, List.of("dogs", "birds", "cats")).labels())
                .containsExactly(2, 0);
        assertThatThrownBy(() -> Dataset.ofFolder(folder, List.of("dogs", "birds")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(folder + ": holds [cats]; expected the classes [dogs, birds] and no others");
        assertThatThrownBy(() -> Dataset.ofFolder(folder, List.of("dogs", "cats", "cats")))
                .hasMessageContaining("the names of classes must differ");
    }

    @Test
    void oneClassOrAClassWithoutImagesIsNothingToLearnFrom() throws IOException {
        file("cats/1.png");
        assertThatThrownBy(() -> Dataset.ofFolder(folder).requireTrainable())
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(folder + ": has one class only, [cats]; expected at least two to tell apart");

        Files.createDirectory(folder.resolve("dogs"));
        assertThatThrownBy(() -> Dataset.ofFolder(folder).requireTrainable())
                .hasMessage(folder + ": has no image of [dogs]; add some, or leave the class out");

        file("dogs/1.png");
        Dataset.ofFolder(folder).requireTrainable();
    }

    @Test
    void idxFilesInMemoryAndStreamedGiveTheSameImages() throws IOException {
        Dataset held = idx(7, 5);
        LabelSet labels = IdxFile.labels(folder.resolve("labels"));
        Images streamed = IdxImages.of(folder.resolve("images"), labels, 34);

        assertThat(streamed).isInstanceOf(IdxImages.class);
        List<Integer> pixels = new ArrayList<>();
        try (LabelledImages images = streamed.inOrder(new int[] {1, 2, 6})) {
            images.forEachRemaining(image -> pixels.add(firstPixel(image)));
        }
        assertThat(pixels).containsExactly(1, 2, 6);
        assertThat(held).extracting(DatasetTest::firstPixel).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(held.classNames()).containsExactly("0", "1", "2");
    }

    private static int firstPixel(LabelledImage image) {
        BufferedImage picture = ((ImageSource.Picture) image.image()).image();
        return picture.getRaster().getSample(0, 0, 0);
    }

    @Test
    void aStreamedFileThatEndsEarlyOrGoesOnIsRefusedWhenThatIsFound() throws IOException {
        idx(3, 4);
        Path file = folder.resolve("images");
        byte[] whole = Files.readAllBytes(file);
        Images images = IdxImages.of(file, IdxFile.labels(folder.resolve("labels")), 1);
        int[] all = {0, 1, 2};

        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> names(images.inOrder(all)))
                .hasMessage(file + ": the header announces 12 values and the file holds 11; it is not" + " complete");

        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> names(images.inOrder(all))).hasMessageContaining("holds more than the 12 values");
    }

    @Test
    void anyIterableIsTakenIfItGivesTheSameImagesEachTime() {
        List<LabelledImage> images = new ArrayList<>(numbered(4));
        Dataset data = Dataset.of("shop", ABC, () -> images.iterator());
        assertThat(names(data.iterator())).containsExactly("0", "1", "2", "3");

        images.remove(3);
        assertThatThrownBy(() -> names(data.iterator()))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("shop: image 3 of 4 is not what it was the first time");
        images.set(1, images.get(2));
        assertThatThrownBy(() -> names(data.iterator())).hasMessageStartingWith("shop: image 1 of 4");
    }

    @Test
    void labelsWithoutANameAndNoImagesAtAllAreRefused() {
        assertThatThrownBy(() -> Dataset.of("shop", List.of("a", "b"), numbered(3)))
                .hasMessage("shop: received the label 2; expected 0 to 1 for the classes [a, b]");
        assertThatThrownBy(() -> Dataset.of("shop", ABC, List.of())).hasMessageStartingWith("shop: there is no image");
    }

    @Test
    void shufflingIsTheSameForASeed() {
        for (Dataset data : List.of(Dataset.of("list", ABC, numbered(50)), Dataset.of("stream", ABC, streamed(50)))) {
            List<String> once = names(data.shuffled(7));
            assertThat(once)
                    .isEqualTo(names(data.shuffled(7)))
                    .isNotEqualTo(names(data.shuffled(8)))
                    .isNotEqualTo(names(data.iterator()))
                    .containsExactlyInAnyOrderElementsOf(names(data.iterator()));
        }
    }

    @Test
    void aShuffleBufferHoldsNoMoreThanItsCapacity() {
        Iterator<LabelledImage> images = numbered(1000).iterator();
        int[] taken = {0};
        LabelledImages counted = LabelledImages.of(
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return images.hasNext();
                    }

                    @Override
                    public LabelledImage next() {
                        taken[0]++;
                        return images.next();
                    }
                },
                () -> {});
        try (ShuffleBuffer buffer = new ShuffleBuffer(counted, 1, 3560)) {
            buffer.next();
            assertThat(taken[0]).isEqualTo(10);
            assertThat(names(buffer)).hasSize(999);
        }
    }

    @Test
    void aSplitTakesFromEveryClassInProportion() {
        for (Dataset data : List.of(Dataset.of("list", ABC, numbered(99)), Dataset.of("stream", ABC, streamed(99)))) {
            Dataset.Split split = data.split(0.2, 3);

            assertThat(split.heldOut().counts()).containsExactly(7, 7, 6);
            assertThat(split.rest().counts()).containsExactly(26, 26, 27);
            List<String> heldOut = names(split.heldOut().iterator());
            List<String> both = names(split.rest().iterator());
            both.addAll(heldOut);
            assertThat(both).containsExactlyInAnyOrderElementsOf(names(data.iterator()));
            assertThat(heldOut).isEqualTo(names(data.split(0.2, 3).heldOut().iterator()));
            assertThat(heldOut).isNotEqualTo(names(data.split(0.2, 4).heldOut().iterator()));
            assertThat(split.heldOut().split(0.5, 1).rest().size()).isEqualTo(10);
        }
    }

    @Test
    void aSplitThatLeavesNothingIsRefused() {
        Dataset data = Dataset.of("shop", ABC, numbered(3));
        assertThatThrownBy(() -> data.split(0.1, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("shop: cannot hold out 0.1 of 3 images and keep some; give more images");
        assertThatThrownBy(() -> data.split(1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSampleIsDrawnFromEveryClass() {
        Dataset data = Dataset.of("shop", ABC, numbered(100));
        assertThat(data.sample(10, 1).counts()).containsExactly(4, 3, 3);
        assertThat(new HashSet<>(names(data.sample(10, 1).iterator()))).hasSize(10);
        assertThat(data.sample(1000, 1)).isSameAs(data);
    }
}
