package io.atelier.testing;

import io.atelier.keras.KerasModel;
import io.atelier.keras.io.KerasReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The model files that Keras wrote, with what Keras computed for them. */
public final class Fixtures {
    public static final Path ROOT = Path.of("fixtures");
    public static final Path FASHION_MNIST = ROOT.resolve("fashion-mnist");

    /** Files that are refused by name, as their own tests prove. */
    public static final Set<String> REFUSED = Set.of("bfloat16/model.keras");

    /** Narrows the suites while one works on a case: {@code -Dfixtures=conv2d}, a regex found in the folder's name. */
    private static final Pattern ONLY = Pattern.compile(System.getProperty("fixtures", ""));

    private Fixtures() {}

    /** Every folder with a reference: the conformance cases and the flagship model. */
    public static List<Path> cases() {
        return folders().stream()
                .filter(folder -> ONLY.matcher(folder.getFileName().toString()).find())
                .toList();
    }

    private static List<Path> folders() {
        return children(ROOT.resolve("conformance"), FASHION_MNIST).stream()
                .filter(folder -> Files.exists(folder.resolve("reference.npz")))
                .toList();
    }

    /** Every model file, whatever the suites are narrowed to. */
    public static List<Path> all() {
        return folders().stream().flatMap(folder -> modelsOf(folder).stream()).toList();
    }

    /** Every model file, of all folders. */
    public static List<Path> models() {
        return cases().stream().flatMap(folder -> modelsOf(folder).stream()).toList();
    }

    /**
     * The model files of one folder: one model, as different versions of Keras wrote it; a {@code model.keras} is the
     * last. Without those that are refused.
     */
    public static List<Path> modelsOf(Path folder) {
        return list(folder).stream()
                .filter(file -> file.getFileName().toString().matches("model.*\\.(h5|keras)|architecture.*\\.json"))
                .filter(file -> !REFUSED.contains(name(file)))
                .toList();
    }

    /** The model in a file, or in an architecture with the weights beside it. */
    public static KerasModel read(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".json")
                ? KerasReader.read(file, file.resolveSibling(name.replace(".json", ".weights.h5")))
                : KerasReader.read(file);
    }

    /** {@code cnn/model.h5}. */
    public static String name(Path file) {
        return file.subpath(file.getNameCount() - 2, file.getNameCount()).toString();
    }

    private static List<Path> children(Path parent, Path other) {
        return Stream.concat(list(parent).stream(), Stream.of(other)).toList();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
