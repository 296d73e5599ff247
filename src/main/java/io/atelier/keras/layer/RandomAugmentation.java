package io.atelier.keras.layer;

/**
 * Changes pictures at random while training, and does nothing in inference: RandomFlip, RandomRotation and their like.
 *
 * @param className Keras's name for the layer
 */
public record RandomAugmentation(String className) implements UnaryLayer {

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
