package io.atelier.data;

import java.awt.image.BufferedImage;
import java.nio.file.Path;

/** Where an image of a data set comes from; it is decoded by whoever needs its pixels. */
public sealed interface ImageSource {
    /** What messages and reports call the image: the path of a file, or the name it was given. */
    String name();

    /**
     * An image file.
     *
     * @param path of a PNG, JPEG, GIF or BMP file
     */
    record File(Path path) implements ImageSource {
        @Override
        public String name() {
            return path.toString();
        }
    }

    /**
     * An image in memory.
     *
     * @param image of any size and colour model; nobody may paint on it any more
     */
    record Picture(String name, BufferedImage image) implements ImageSource {}

    /**
     * An image file's bytes, as from a database.
     *
     * @param bytes of a PNG, JPEG, GIF or BMP file; nobody may write to them any more
     */
    record Encoded(String name, byte[] bytes) implements ImageSource {}
}
