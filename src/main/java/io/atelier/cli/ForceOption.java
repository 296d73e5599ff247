package io.atelier.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --force}, without which no file is replaced. */
final class ForceOption {
    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    boolean isGiven() {
        return force;
    }

    /**
     * Asks before any work whether a file may be written.
     *
     * @throws CommandException if it is there and is not to be replaced
     */
    void check(Path output) {
        if (!force && Files.exists(output)) {
            throw CommandException.unreadable(output + ": there is a file already; --force replaces it");
        }
    }
}
