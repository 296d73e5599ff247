package io.atelier.tune;

import org.jspecify.annotations.Nullable;

/** Fine-tuning that cannot begin or go on because of its checkpoints: a folder in use, a damaged file, a full disk. */
public final class TuningException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TuningException(String message) {
        this(message, null);
    }

    TuningException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
