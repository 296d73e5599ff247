package io.atelier.classify;

import org.jspecify.annotations.Nullable;

/**
 * An image that cannot be classified: unreadable, damaged, too large, of the wrong size, or holding no numbers.
 *
 * <p>The message names the source, what was expected, what was received and, where there is one, the remedy.
 */
public final class InvalidImageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String source;

    InvalidImageException(String source, String message) {
        this(source, message, null);
    }

    InvalidImageException(String source, String message, @Nullable Throwable cause) {
        super(source + ": " + message, cause);
        this.source = source;
    }

    /** What the image was read from: a file name, or its kind and its position in a batch. */
    public String source() {
        return source;
    }
}
