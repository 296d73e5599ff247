package io.atelier.data;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Grey images of one size, held as one array of unsigned bytes. Immutable and thread-safe. */
public final class ImageSet {
    private final int count;
    private final int height;
    private final int width;
    private final byte[] values;

    ImageSet(int count, int height, int width, byte[] values) {
        this.count = count;
        this.height = height;
        this.width = width;
        this.values = values;
    }

    /** The number of images. */
    public int count() {
        return count;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    /**
     * The pixels of one image: height x width unsigned bytes, row by row, a fresh array.
     *
     * @throws IndexOutOfBoundsException if there is no such image
     */
    public byte[] pixels(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("there is no image " + index + " among " + this);
        }
        int size = height * width;
        return Arrays.copyOfRange(values, index * size, (index + 1) * size);
    }

    /**
     * One image as a picture.
     *
     * @throws IndexOutOfBoundsException if there is no such image
     */
    public BufferedImage image(int index) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, width, height, pixels(index));
        return image;
    }

    @Override
    public String toString() {
        return count + " images of " + height + " x " + width + " pixels";
    }
}
