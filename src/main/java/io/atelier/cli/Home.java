package io.atelier.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder that Atelier is installed in, or the project's own: the one that holds {@code fixtures}. */
final class Home {
    private static final Path FASHION_MNIST = Path.of("fixtures", "fashion-mnist");

    private Home() {}

    /** The trained Fashion-MNIST model with its reference and images. */
    static Path fashionMnist(Optional<Path> home) {
        if (home.isPresent()) {
            Path folder = home.get().resolve(FASHION_MNIST);
            if (!Files.isDirectory(folder)) {
                throw CommandException.unreadable(
                        folder + ": there is no such folder; --home is the folder that holds " + FASHION_MNIST);
            }
            return folder;
        }
        return Stream.of(Optional.ofNullable(System.getProperty("atelier.home")).map(Path::of), parentOfLib())
                .flatMap(Optional::stream)
                .map(folder -> folder.resolve(FASHION_MNIST))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> CommandException.unreadable(
                        FASHION_MNIST + " was not found; tell the folder that holds it with --home"));
    }

    /** Where the jar is in {@code lib}, the folder above. */
    private static Optional<Path> parentOfLib() {
        CodeSource source = Home.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            Path lib = Path.of(source.getLocation().toURI()).getParent();
            return Optional.ofNullable(lib).map(Path::getParent);
        } catch (URISyntaxException | RuntimeException e) {
            return Optional.empty(); // not in a file system
        }
    }
}
