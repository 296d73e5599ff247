package io.atelier.classify;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;

/** An image in one of the forms a classifier takes it; lists of them may mix the forms. */
public sealed interface ImageInput {
    /**
     * An image in memory.
     *
     * @param image of any size and colour model
     */
    record Picture(BufferedImage image) implements ImageInput {}

    /**
     * An image file.
     *
     * @param path of a PNG, JPEG, GIF or BMP file, or of any other kind ImageIO has a reader for
     */
    record File(Path path) implements ImageInput {}

    /**
     * An image file's bytes, as from an upload.
     *
     * @param stream read to its end and not closed
     */
    record Stream(InputStream stream) implements ImageInput {}

    /**
     * Grey pixels of exactly the model's size and polarity: they are scaled, and neither resized nor inverted.
     *
     * @param values height x width unsigned bytes, row by row
     */
    record Grey(byte[] values) implements ImageInput {}

    /**
     * What the model takes, as it takes it: nothing is done to the numbers.
     *
     * @param values height x width numbers, scaled already
     */
    record Values(float[][] values) implements ImageInput {}
}
