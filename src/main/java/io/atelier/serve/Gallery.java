package io.atelier.serve;

import io.atelier.serve.models.ServedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The pictures in the folder {@code images} beside a model: real ones to try it with. */
final class Gallery {
    private static final int MOST = 60;
    private static final long MAX_BYTES = 1 << 20;

    private final Path folder;

    Gallery(ServedModel model) {
        this.folder = model.spec().file().resolveSibling("images");
    }

    /** Their names, in order, at most 60; empty if there is no such folder. */
    List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Gallery::isPicture)
                    .map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .limit(MOST)
                    .toList();
        } catch (IOException e) {
            return List.of(); // gone in this moment, or not ours to read
        }
    }

    private static boolean isPicture(Path file) {
        try {
            return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g)")
                    && Files.isRegularFile(file)
                    && Files.size(file) <= MAX_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    /** The bytes of one of {@link #names()}; empty for any other name, whatever path it spells. */
    Optional<byte[]> read(String name) {
        if (!names().contains(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(name)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static String type(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".png") ? "image/png" : "image/jpeg";
    }
}
