package io.atelier.serve.models;

import org.jspecify.annotations.Nullable;

/** The list of models cannot be told: a folder or config file is missing, unreadable or wrong. */
public final class ModelSourceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ModelSourceException(String source, String message, @Nullable Throwable cause) {
        super(source + ": " + message, cause);
    }
}
