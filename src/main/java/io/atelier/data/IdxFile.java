package io.atelier.data;

import java.nio.file.Path;

/**
 * Reads IDX files of unsigned bytes into memory: the format of MNIST and Fashion-MNIST, compressed with gzip or not.
 *
 * <p>A file is a magic number ({@code 0x00000803} for images, {@code 0x00000801} for labels), a big-endian 32-bit size
 * for each axis, and the values. Source: http://yann.lecun.com/exdb/mnist/. A {@link Dataset} reads larger files.
 */
public final class IdxFile {
    /** The most values that are read, 512 MiB: eleven times Fashion-MNIST's 60,000 training images. */
    public static final long MAX_VALUES = 512L << 20;

    private IdxFile() {}

    /**
     * Reads a file of images.
     *
     * @throws InvalidDataException if the file is missing, damaged, no IDX file of images or larger than
     *     {@link #MAX_VALUES}
     */
    public static ImageSet images(Path file) {
        try (IdxStream stream = IdxStream.open(file, IdxStream.IMAGES)) {
            return new ImageSet(stream.size(0), stream.size(1), stream.size(2), values(file, stream));
        }
    }

    /**
     * Reads a file of labels.
     *
     * @throws InvalidDataException if the file is missing, damaged, no IDX file of labels or larger than
     *     {@link #MAX_VALUES}
     */
    public static LabelSet labels(Path file) {
        try (IdxStream stream = IdxStream.open(file, IdxStream.LABELS)) {
            return new LabelSet(values(file, stream));
        }
    }

    private static byte[] values(Path file, IdxStream stream) {
        if (stream.valueCount() > MAX_VALUES) {
            throw new InvalidDataException(
                    file, "the header announces more values than the limit MAX_VALUES=" + MAX_VALUES);
        }
        byte[] values = stream.read((int) stream.valueCount());
        stream.expectEnd();
        return values;
    }
}
