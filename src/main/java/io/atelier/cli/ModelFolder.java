package io.atelier.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of models, each with what Keras computed beside it: {@code X.h5} with {@code X.npz} or {@code reference.npz}. */
final class ModelFolder {
    /**
     * A model of the folder.
     *
     * @param architecture the JSON that a file of weights may belong to
     * @param reference empty if there is none beside the model
     */
    record Entry(Path file, Optional<Path> architecture, Optional<Path> reference) {}

    private final List<Path> files;

    ModelFolder(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw CommandException.unreadable(folder + ": the folder cannot be read: " + e.getMessage(), e);
        }
    }

    List<Entry> entries() {
        return files.stream()
                .filter(file -> name(file).matches(".*\\.(h5|hdf5|keras)"))
                .map(file -> new Entry(file, architecture(file), reference(file)))
                .toList();
    }

    private Optional<Path> reference(Path file) {
        return Stream.of(stem(file) + ".npz", "reference.npz")
                .map(file::resolveSibling)
                .filter(Files::exists)
                .findFirst();
    }

    /** The JSON beside the file whose name begins most like the file's, and for at least half of its length. */
    private Optional<Path> architecture(Path file) {
        return files.stream()
                .filter(json -> name(json).endsWith(".json")
                        && file.resolveSibling(name(json)).equals(json))
                .filter(json -> common(json, file) * 2 >= stem(json).length())
                .max(Comparator.comparingInt((Path json) -> common(json, file))
                        .thenComparing(json -> -name(json).length()));
    }

    private static int common(Path one, Path other) {
        String a = name(one);
        String b = name(other);
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return length;
    }

    private static String stem(Path file) {
        String name = name(file);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
