package io.atelier.testing;

import io.atelier.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** Which engines refuse which cases: what the project says it cannot do, kept in {@code fixtures/conformance/refused.txt}. */
public final class Refused {
    private static final Path LIST = Fixtures.ROOT.resolve("conformance/refused.txt");
    private static final Set<String> LINES = lines();

    private Refused() {}

    private static Set<String> lines() {
        try {
            return Files.readAllLines(LIST).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether an engine is expected to refuse the files of a case. */
    public static boolean isExpected(Path file, Engine engine) {
        return LINES.contains(line(file, engine));
    }

    /** How the list names a case in an engine. */
    public static String line(Path file, Engine engine) {
        return file.getName(file.getNameCount() - 2) + " " + engine.id();
    }

    /** Every line of the list. */
    public static Set<String> all() {
        return LINES;
    }
}
