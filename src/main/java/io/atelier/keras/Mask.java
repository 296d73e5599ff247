package io.atelier.keras;

import io.atelier.keras.layer.Shape;

/**
 * A mask that comes with a tensor.
 *
 * @param shape as a rule {@code (batch, steps)}
 * @param isCertain whether it does come with it: false where that depends on which of two layers Keras calls first
 */
public record Mask(Shape shape, boolean isCertain) {
    Mask uncertain() {
        return new Mask(shape, false);
    }
}
