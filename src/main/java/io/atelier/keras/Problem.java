package io.atelier.keras;

import java.util.Optional;

/**
 * One thing that stands in the way of using a model file.
 *
 * @param layer the layer concerned, as {@code 'conv2d_3' (Conv2D)}; empty where the file as a whole is meant
 * @param message what was expected, what was received, and what to do; one or two sentences
 */
public record Problem(Optional<String> layer, String message) {
    /** A problem of the file as a whole. */
    public static Problem ofFile(String message) {
        return new Problem(Optional.empty(), message);
    }

    /** A problem of one layer. */
    public static Problem ofLayer(String name, String className, String message) {
        return new Problem(Optional.of("'" + name + "' (" + className + ")"), message);
    }

    @Override
    public String toString() {
        return layer.map(name -> "layer " + name + ": " + message).orElse(message);
    }
}
