package io.atelier.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Reads IDX files of unsigned bytes, the format of MNIST and Fashion-MNIST, compressed with gzip or not.
 *
 * <p>A file is a magic number ({@code 0x00000803} for images, {@code 0x00000801} for labels), a big-endian 32-bit size
 * for each axis, and the values. Source: http://yann.lecun.com/exdb/mnist/.
 */
public final class IdxFile {
    /** The most values that are read, 512 MiB: eleven times Fashion-MNIST's 60,000 training images. */
    public static final long MAX_VALUES = 512L << 20;

    private static final int IMAGES = 0x0803;
    private static final int LABELS = 0x0801;
    private static final int GZIP = 0x1f8b;

    private IdxFile() {}

    /**
     * Reads a file of images.
     *
     * @throws InvalidDataException if the file is missing, damaged, no IDX file of images or larger than
     *     {@link #MAX_VALUES}
     */
    public static ImageSet images(Path file) {
        try (InputStream in = open(file)) {
            int[] sizes = header(file, in, IMAGES, 3);
            return new ImageSet(sizes[0], sizes[1], sizes[2], values(file, in, sizes));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Reads a file of labels.
     *
     * @throws InvalidDataException if the file is missing, damaged, no IDX file of labels or larger than
     *     {@link #MAX_VALUES}
     */
    public static LabelSet labels(Path file) {
        try (InputStream in = open(file)) {
            return new LabelSet(values(file, in, header(file, in, LABELS, 1)));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidDataException(file, "there is no such file; expected an IDX file, gzip or not");
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.mark(2);
            byte[] start = in.readNBytes(2);
            in.reset();
            boolean gzip = start.length == 2 && (ByteBuffer.wrap(start).getShort() & 0xffff) == GZIP;
            return gzip ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static int[] header(Path file, InputStream in, int magic, int axes) throws IOException {
        byte[] bytes = in.readNBytes(4 + 4 * axes);
        if (bytes.length < 4 + 4 * axes) {
            throw new InvalidDataException(
                    file, "the file ends within its header of " + (4 + 4 * axes) + " bytes; it is not complete");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        int found = header.getInt();
        if (found != magic) {
            throw new InvalidDataException(
                    file,
                    String.format(
                            "expected the magic number 0x%08x (%s); received 0x%08x%s",
                            magic,
                            kind(magic),
                            found,
                            found == IMAGES || found == LABELS ? " (" + kind(found) + ")" : ""));
        }
        int[] sizes = new int[axes];
        long count = 1;
        for (int i = 0; i < axes; i++) {
            sizes[i] = header.getInt();
            if (sizes[i] < 1) {
                throw new InvalidDataException(
                        file, "axis " + i + " has the size " + sizes[i] + "; expected at least 1");
            }
            // Both factors are below 2^31, so that the product fits before it is compared.
            count *= sizes[i];
            if (count > MAX_VALUES) {
                throw new InvalidDataException(
                        file, "the header announces more values than the limit MAX_VALUES=" + MAX_VALUES);
            }
        }
        return sizes;
    }

    private static String kind(int magic) {
        return magic == IMAGES ? "images" : "labels";
    }

    private static byte[] values(Path file, InputStream in, int[] sizes) throws IOException {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        // Grows with what the file really holds, whatever its header announces.
        byte[] values = in.readNBytes(count);
        if (values.length < count) {
            throw new InvalidDataException(
                    file,
                    "the header announces " + count + " values and the file holds " + values.length
                            + "; it is not complete");
        }
        if (in.read() >= 0) {
            throw new InvalidDataException(
                    file, "the file holds more than the " + count + " values that its header announces");
        }
        return values;
    }

    private static InvalidDataException unreadable(Path file, IOException e) {
        return new InvalidDataException(file, "the file cannot be read (" + e + ")", e);
    }
}
