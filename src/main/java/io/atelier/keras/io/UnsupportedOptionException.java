package io.atelier.keras.io;

/** Good Keras that Atelier does not handle, met while reading one layer. */
final class UnsupportedOptionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnsupportedOptionException(String message) {
        super(message);
    }
}
