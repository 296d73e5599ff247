package io.atelier.data;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.stream.IntStream;

/**
 * Labelled images that can be gone through again and again, in the same order each time.
 *
 * <p>The images may be more than fit into memory: of each, only the label is held, and of a folder the path; IDX files
 * above 64 MiB are read anew each time. Nothing is decoded here. Immutable and thread-safe, as far as the
 * {@link Iterable} behind it is.
 */
public final class Dataset implements Iterable<LabelledImage> {
    private final String source;
    private final List<String> classNames;
    private final Images images;
    /** The label of every image behind this, whether chosen or not. */
    private final int[] allLabels;
    /** Ascending positions among the images behind this. */
    private final int[] chosen;

    private Dataset(String source, List<String> classNames, Images images, int[] allLabels, int[] chosen) {
        this.source = source;
        this.classNames = classNames;
        this.images = images;
        this.allLabels = allLabels;
        this.chosen = chosen;
    }

    private static Dataset of(String source, List<String> classNames, Images images, int[] labels) {
        List<String> names = List.copyOf(classNames);
        if (new HashSet<>(names).size() < names.size()) {
            throw new InvalidDataException(source, "the names of classes must differ; received " + names);
        }
        for (int label : labels) {
            if (label < 0 || label >= names.size()) {
                throw new InvalidDataException(
                        source,
                        "received the label " + label + "; expected 0 to " + (names.size() - 1) + " for the classes "
                                + names);
            }
        }
        return new Dataset(
                source, names, images, labels, IntStream.range(0, labels.length).toArray());
    }

    /**
     * The images of a folder, as {@link ImageFolder} lists them; the classes are its labels in alphabetical order.
     *
     * @throws InvalidDataException if the folder is missing, holds no image, or does not tell labels
     */
    public static Dataset ofFolder(Path folder) {
        ImageFolder listed = ImageFolder.read(folder);
        return ofFolder(folder, listed, listed.labels());
    }

    /**
     * The images of a folder, with its classes in this order.
     *
     * @param classNames of all labels; one that the folder does not have is a class without images
     * @throws InvalidDataException if the folder is missing, holds no image, does not tell labels, or has one that is
     *     not among the names
     */
    public static Dataset ofFolder(Path folder, List<String> classNames) {
        return ofFolder(folder, ImageFolder.read(folder), classNames);
    }

    private static Dataset ofFolder(Path folder, ImageFolder listed, List<String> classNames) {
        Map<String, Integer> indices = new HashMap<>();
        classNames.forEach(name -> indices.putIfAbsent(name, indices.size()));
        List<String> unknown = listed.labels().stream()
                .filter(label -> !indices.containsKey(label))
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidDataException(
                    folder, "holds " + unknown + "; expected the classes " + classNames + " and no others");
        }
        List<LabelledImage> images = listed.files().stream()
                .map(file ->
                        new LabelledImage(new ImageSource.File(file.path()), indices.getOrDefault(file.label(), -1)))
                .toList();
        return of(folder.toString(), classNames, Images.Indexed.of(images), labels(images));
    }

    private static int[] labels(List<LabelledImage> images) {
        return images.stream().mapToInt(LabelledImage::label).toArray();
    }

    /**
     * The images of an IDX file with the labels of another, as MNIST comes; the classes are called by their numbers.
     *
     * @throws InvalidDataException if a file is missing or damaged, or the two do not belong together
     */
    public static Dataset ofIdx(Path images, Path labels) {
        LabelSet set = IdxFile.labels(labels);
        int classes = set.stream().max().orElse(0) + 1;
        return ofIdx(
                images,
                set,
                IntStream.range(0, classes).mapToObj(String::valueOf).toList());
    }

    /**
     * The images of an IDX file with the labels of another.
     *
     * @param classNames of the labels from 0
     * @throws InvalidDataException if a file is missing or damaged, the two do not belong together, or a label has no
     *     name
     */
    public static Dataset ofIdx(Path images, Path labels, List<String> classNames) {
        return ofIdx(images, IdxFile.labels(labels), classNames);
    }

    private static Dataset ofIdx(Path images, LabelSet labels, List<String> classNames) {
        return of(
                images.toString(),
                classNames,
                IdxImages.of(images, labels, Images.Streamed.MEMORY),
                labels.stream().toArray());
    }

    /**
     * Images from anywhere.
     *
     * @param source what messages call them
     * @param classNames of the labels from 0
     * @param images the same each time they are gone through, as they are once at once, for their labels
     * @throws InvalidDataException if there is no image, or a label has no name
     */
    public static Dataset of(String source, List<String> classNames, Iterable<LabelledImage> images) {
        IntStream.Builder labels = IntStream.builder();
        images.forEach(image -> labels.add(image.label()));
        int[] all = labels.build().toArray();
        if (all.length == 0) {
            throw new InvalidDataException(source, "there is no image; expected at least one");
        }
        Images held = images instanceof List<LabelledImage> list && images instanceof RandomAccess
                ? Images.Indexed.of(List.copyOf(list))
                : new IterableImages(source, images, all);
        return of(source, classNames, held, all);
    }

    /** What messages call the images: the path of a folder or file. */
    public String source() {
        return source;
    }

    /** The names of the classes; an image's label is a position in this list. */
    public List<String> classNames() {
        return classNames;
    }

    /** The number of images. */
    public int size() {
        return chosen.length;
    }

    /** The labels of the images in their order, a fresh array. */
    public int[] labels() {
        return IntStream.of(chosen).map(position -> allLabels[position]).toArray();
    }

    /** The number of images of each class, a fresh array. */
    public int[] counts() {
        return Strata.counts(labels(), classNames.size());
    }

    /** The images in their order. */
    @Override
    public LabelledImages iterator() {
        return images.inOrder(chosen);
    }

    /**
     * The images in a random order that is always the same for a seed: any order where the images are in memory or lie
     * in a folder; where they are read as a stream, each is moved within the 64 MiB of images around it.
     */
    public LabelledImages shuffled(long seed) {
        return images.shuffled(chosen, seed);
    }

    /**
     * A data set in two parts.
     *
     * @param rest what was not held out
     * @param heldOut drawn from all classes in proportion
     */
    public record Split(Dataset rest, Dataset heldOut) {}

    /**
     * Holds some images out, drawn at random from all classes in proportion; always the same for a seed.
     *
     * @param fraction above 0 and below 1
     * @throws InvalidDataException if one of the parts has no image
     */
    public Split split(double fraction, long seed) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("the fraction is above 0 and below 1; received " + fraction);
        }
        int count = (int) Math.round(size() * fraction);
        if (count == 0 || count == size()) {
            throw new InvalidDataException(
                    source,
                    "cannot hold out " + fraction + " of " + size() + " images and keep some; give more images");
        }
        int[] heldOut = Strata.choose(labels(), classNames.size(), count, seed);
        BitSet out = new BitSet(size());
        IntStream.of(heldOut).forEach(out::set);
        int[] rest = IntStream.range(0, size()).filter(i -> !out.get(i)).toArray();
        return new Split(chosen(rest), chosen(heldOut));
    }

    /**
     * Some of the images, drawn at random from all classes in proportion, in their order; always the same for a seed.
     *
     * @param count at least 1; where there are fewer images, all are taken
     */
    public Dataset sample(int count, long seed) {
        if (count < 1) {
            throw new IllegalArgumentException("a sample has at least 1 image; received " + count);
        }
        return count >= size() ? this : chosen(Strata.choose(labels(), classNames.size(), count, seed));
    }

    private Dataset chosen(int[] indices) {
        int[] positions = IntStream.of(indices).map(i -> chosen[i]).toArray();
        return new Dataset(source, classNames, images, allLabels, positions);
    }

    /**
     * Refuses what a model cannot learn from.
     *
     * @throws InvalidDataException if there is one class only, or there are classes without images
     */
    public void requireTrainable() {
        if (classNames.size() < 2) {
            throw new InvalidDataException(
                    source, "has one class only, " + classNames + "; expected at least two to tell apart");
        }
        int[] counts = counts();
        List<String> empty = IntStream.range(0, counts.length)
                .filter(i -> counts[i] == 0)
                .mapToObj(classNames::get)
                .toList();
        if (!empty.isEmpty()) {
            throw new InvalidDataException(source, "has no image of " + empty + "; add some, or leave the class out");
        }
    }

    /** For people: {@code photos: 120 images of 3 classes}. */
    @Override
    public String toString() {
        return source + ": " + size() + " images of " + classNames.size() + " classes";
    }
}
