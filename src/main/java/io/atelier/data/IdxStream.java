package io.atelier.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** An IDX file that is being read: its header, checked, and then its values from first to last. */
final class IdxStream implements AutoCloseable {
    static final int IMAGES = 0x0803;
    static final int LABELS = 0x0801;
    private static final int GZIP = 0x1f8b;

    private final Path file;
    private final InputStream in;
    private final int[] sizes;
    private long position;

    private IdxStream(Path file, InputStream in, int[] sizes) {
        this.file = file;
        this.in = in;
        this.sizes = sizes;
    }

    /**
     * Opens a file and reads its header.
     *
     * @param kind {@link #IMAGES} or {@link #LABELS}
     */
    static IdxStream open(Path file, int kind) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidDataException(file, "there is no such file; expected an IDX file, gzip or not");
        }
        try {
            InputStream in = unpacked(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
            try {
                return new IdxStream(file, in, header(file, in, kind));
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InputStream unpacked(InputStream in) throws IOException {
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

    private static int[] header(Path file, InputStream in, int kind) throws IOException {
        int axes = kind == IMAGES ? 3 : 1;
        byte[] bytes = in.readNBytes(4 + 4 * axes);
        if (bytes.length < 4 + 4 * axes) {
            throw new InvalidDataException(
                    file, "the file ends within its header of " + (4 + 4 * axes) + " bytes; it is not complete");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        int found = header.getInt();
        if (found != kind) {
            throw new InvalidDataException(
                    file,
                    String.format(
                            "expected the magic number 0x%08x (%s); received 0x%08x%s",
                            kind,
                            name(kind),
                            found,
                            found == IMAGES || found == LABELS ? " (" + name(found) + ")" : ""));
        }
        int[] sizes = new int[axes];
        for (int i = 0; i < axes; i++) {
            sizes[i] = header.getInt();
            if (sizes[i] < 1) {
                throw new InvalidDataException(
                        file, "axis " + i + " has the size " + sizes[i] + "; expected at least 1");
            }
        }
        return sizes;
    }

    private static String name(int kind) {
        return kind == IMAGES ? "images" : "labels";
    }

    /** The size of an axis; the first is the number of images or labels. */
    int size(int axis) {
        return sizes[axis];
    }

    /** How many values follow the header, or {@link Long#MAX_VALUE} if that is more. */
    long valueCount() {
        long count = 1;
        for (int size : sizes) {
            count = count > Long.MAX_VALUE / size ? Long.MAX_VALUE : count * size;
        }
        return count;
    }

    /** The next values. Takes memory for what the file really holds, whatever its header announces. */
    byte[] read(int count) {
        try {
            byte[] values = in.readNBytes(count);
            position += values.length;
            if (values.length < count) {
                throw new InvalidDataException(
                        file,
                        "the header announces " + valueCount() + " values and the file holds " + position
                                + "; it is not complete");
            }
            return values;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Refuses a file that goes on after its last value. */
    void expectEnd() {
        try {
            if (in.read() >= 0) {
                throw new InvalidDataException(
                        file, "the file holds more than the " + valueCount() + " values that its header announces");
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InvalidDataException unreadable(Path file, IOException e) {
        return new InvalidDataException(file, "the file cannot be read (" + e + ")", e);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
