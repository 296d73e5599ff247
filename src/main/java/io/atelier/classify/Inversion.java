package io.atelier.classify;

/** Whether light and dark are exchanged before the model sees an image. */
public enum Inversion {
    NEVER,
    ALWAYS,
    /**
     * An image on a light ground is inverted, for models trained on light things on black.
     *
     * <p>The ground is light where the outermost rows and columns of the source image have a mean grey value above 127.
     * None of the 70,000 images of Fashion-MNIST is inverted by this rule, and every one of them is if it is made dark
     * on white first.
     */
    AUTO
}
