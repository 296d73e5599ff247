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
        checkRange(index, index + 1);
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

    /**
     * The pixels of some images divided by 255, one image after the other, a fresh array.
     *
     * @param from first image
     * @param to after the last image
     * @throws IndexOutOfBoundsException if the images are not all there
     */
    public float[] scaled(int from, int to) {
        checkRange(from, to);
        int size = height * width;
        float[] scaled = new float[Math.multiplyExact(to - from, size)];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (values[from * size + i] & 0xff) / 255f;
        }
        return scaled;
    }

    /**
     * Some of the images.
     *
     * @param from first image
     * @param to after the last image
     * @throws IndexOutOfBoundsException if the images are not all there
     */
    public ImageSet range(int from, int to) {
        checkRange(from, to);
        int size = height * width;
        return new ImageSet(to - from, height, width, Arrays.copyOfRange(values, from * size, to * size));
    }

    private void checkRange(int from, int to) {
        if (from < 0 || to > count || from > to) {
            throw new IndexOutOfBoundsException(
                    "images " + from + " to " + to + " are not within the " + count + " images of the set");
        }
    }

    @Override
    public String toString() {
        return count + " images of " + height + " x " + width + " pixels";
    }
}
