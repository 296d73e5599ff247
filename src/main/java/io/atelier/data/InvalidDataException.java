package io.atelier.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A dataset that cannot be used: missing, damaged, too large, contradictory, or not fit for the purpose. */
public final class InvalidDataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A sentence about a dataset.
     *
     * @param source what messages call the dataset, as {@link Dataset#source()}
     * @param message what was expected, what was received, what to do
     */
    public InvalidDataException(String source, String message) {
        super(source + ": " + message);
    }

    InvalidDataException(Path source, String message) {
        this(source, message, null);
    }

    InvalidDataException(Path source, String message, @Nullable Throwable cause) {
        super(source + ": " + message, cause);
    }
}
