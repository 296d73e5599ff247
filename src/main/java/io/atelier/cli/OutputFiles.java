package io.atelier.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What commands ask about the files that they write. */
final class OutputFiles {
    private OutputFiles() {}

    /**
     * Asks before hours of work whether a file can be written.
     *
     * @throws CommandException if its folder does not exist
     */
    static void requireFolder(Path file, String what) {
        if (!Files.isDirectory(file.toAbsolutePath().resolveSibling(""))) {
            throw CommandException.unreadable(file + ": the " + what + " cannot be written: its folder does not exist");
        }
    }

    /** The size in bytes of a file that was written. */
    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
