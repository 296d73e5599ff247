package io.atelier.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lists a folder of image files whose names, or whose subfolders' names, are their labels.
 *
 * <p>Two ways to name images are known, and a folder must keep to one: {@code ankle-boot-0000.png}, a label, a hyphen or
 * underscore and digits; or {@code ankle-boot/any name.png}, a subfolder a label. Files that do not end in .png, .jpg,
 * .jpeg, .gif or .bmp are passed over, as are hidden files and folders. The images are not opened.
 */
public final class ImageFolder {
    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "gif", "bmp");
    private static final Pattern NAME = Pattern.compile("(.+)[-_]\\d+\\.[^.]+");

    private ImageFolder() {}

    /**
     * An image file with its label.
     *
     * @param path of the file
     * @param label as file or subfolder are named
     */
    public record LabelledFile(Path path, String label) {}

    /**
     * Lists the images of a folder, sorted by path.
     *
     * @throws InvalidDataException if the folder is missing, holds no image, mixes the two ways, or holds an image whose
     *     name has no label
     */
    public static List<LabelledFile> read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidDataException(folder, "there is no such folder; expected a folder of images");
        }
        try {
            List<LabelledFile> images = new ArrayList<>();
            List<LabelledFile> inSubfolders = new ArrayList<>();
            for (Path entry : entries(folder)) {
                if (Files.isDirectory(entry)) {
                    entries(entry).stream()
                            .filter(ImageFolder::isImage)
                            .forEach(file -> inSubfolders.add(new LabelledFile(file, name(entry))));
                } else if (isImage(entry)) {
                    images.add(new LabelledFile(entry, label(entry)));
                }
            }
            if (!images.isEmpty() && !inSubfolders.isEmpty()) {
                throw new InvalidDataException(
                        folder,
                        "there are images beside the subfolders that hold images ("
                                + name(images.get(0).path()) + "); keep to one way of naming");
            }
            images.addAll(inSubfolders);
            if (images.isEmpty()) {
                throw new InvalidDataException(
                        folder,
                        "the folder holds no image; expected label-0000.png or"
                                + " label/name.png, with one of the endings "
                                + EXTENSIONS.stream().sorted().toList());
            }
            return List.copyOf(images);
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidDataException(folder, "the folder cannot be read (" + e + ")", e);
        }
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
