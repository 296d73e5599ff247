package io.atelier.tune;

/**
 * How images are varied at random, each anew in every epoch. What comes into the picture from outside is like the edge.
 *
 * @param flip whether half of the images are mirrored left to right
 * @param shift by which share of width and height, at most, images are moved, each way; from 0 to 1
 * @param rotation by how many degrees, at most, images are turned about their middle, each way; from 0 to 180
 */
public record Augmentation(boolean flip, double shift, double rotation) {
    /** Images as they are. */
    public static final Augmentation NONE = new Augmentation(false, 0, 0);

    public Augmentation {
        if (!(shift >= 0 && shift <= 1)) {
            throw new IllegalArgumentException("shift must be from 0 to 1; received " + shift);
        }
        if (!(rotation >= 0 && rotation <= 180)) {
            throw new IllegalArgumentException("rotation must be from 0 to 180 degrees; received " + rotation);
        }
    }
}
