package io.atelier.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A dataset that cannot be used: missing, damaged, too large, or contradictory. */
public final class InvalidDataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidDataException(Path source, String message) {
        this(source, message, null);
    }

    InvalidDataException(Path source, String message, @Nullable Throwable cause) {
        super(source + ": " + message, cause);
    }
}
