package io.atelier.keras.layer;

/** A layer takes inputs of these shapes in Keras, but is not supported for them here. */
public final class UnsupportedInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnsupportedInputException(String message) {
        super(message);
    }
}
