package io.atelier.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A list of the image files in a folder, whose names, or whose subfolders' names, are their labels.
 *
 * <p>Two ways to name images are known, and a folder must keep to one: {@code ankle-boot/any name.png}, a subfolder a
 * label, in which images may lie in further subfolders, as Keras's {@code image_dataset_from_directory} takes them; or
 * {@code ankle-boot-0000.png}, a label, a hyphen or underscore and digits. Files that do not end in .png, .jpg, .jpeg,
 * .gif or .bmp are passed over, as are hidden files and folders. The images are not opened. Immutable.
 *
 * @param labels in alphabetical order; a subfolder without images is among them
 * @param files in the order of their labels, then of their folders and names, as Keras has them
 */
public record ImageFolder(List<String> labels, List<LabelledFile> files) {
    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "gif", "bmp");
    private static final Pattern NAME = Pattern.compile("(.+)[-_]\\d+\\.[^.]+");
    private static final Comparator<Path> BY_FOLDER =
            Comparator.comparing((Path file) -> file.resolveSibling("")).thenComparing(Comparator.naturalOrder());

    /**
     * An image file with its label.
     *
     * @param path of the file
     * @param label as file or subfolder are named
     */
    public record LabelledFile(Path path, String label) {}

    public ImageFolder {
        labels = List.copyOf(labels);
        files = List.copyOf(files);
    }

    /**
     * Lists the images of a folder.
     *
     * @throws InvalidDataException if the folder is missing, holds no image, mixes the two ways, or holds an image whose
     *     name has no label
     */
    public static ImageFolder read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidDataException(folder, "there is no such folder; expected a folder of images");
        }
        try {
            List<Path> entries = entries(folder);
            List<Path> subfolders = entries.stream().filter(Files::isDirectory).toList();
            List<LabelledFile> named = named(entries);
            List<LabelledFile> inSubfolders = inSubfolders(subfolders);
            if (!named.isEmpty() && !inSubfolders.isEmpty()) {
                throw new InvalidDataException(
                        folder,
                        "there are images beside the subfolders that hold images ("
                                + name(named.get(0).path()) + "); keep to one way of naming");
            }
            if (named.isEmpty() && inSubfolders.isEmpty()) {
                throw new InvalidDataException(
                        folder,
                        "the folder holds no image; expected label/name.png or"
                                + " label-0000.png, with one of the endings "
                                + EXTENSIONS.stream().sorted().toList());
            }
            return named.isEmpty()
                    ? new ImageFolder(subfolders.stream().map(ImageFolder::name).toList(), inSubfolders)
                    : new ImageFolder(
                            named.stream().map(LabelledFile::label).distinct().toList(), named);
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidDataException(folder, "the folder cannot be read (" + e + ")", e);
        }
    }

    private static List<LabelledFile> inSubfolders(List<Path> subfolders) throws IOException {
        List<LabelledFile> files = new ArrayList<>();
        for (Path subfolder : subfolders) {
            List<Path> images = new ArrayList<>();
            collect(subfolder, images);
            images.sort(BY_FOLDER);
            images.forEach(image -> files.add(new LabelledFile(image, name(subfolder))));
        }
        return files;
    }

    /** Goes into folders but not through links to them, which may lead in a circle. */
    private static void collect(Path folder, List<Path> images) throws IOException {
        for (Path entry : entries(folder)) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                collect(entry, images);
            } else if (isImage(entry)) {
                images.add(entry);
            }
        }
    }

    private static List<LabelledFile> named(List<Path> entries) {
        return entries.stream()
                .filter(ImageFolder::isImage)
                .map(image -> new LabelledFile(image, label(image)))
                .sorted(Comparator.comparing(LabelledFile::label))
                .toList();
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !name(entry).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isImage(Path file) {
        String name = name(file);
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(extension) && Files.isRegularFile(file);
    }

    private static String label(Path file) {
        Matcher matcher = NAME.matcher(name(file));
        if (!matcher.matches()) {
            throw new InvalidDataException(
                    file, "the name holds no label; expected a name as label-0000.png, or a subfolder a label");
        }
        return matcher.group(1);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
