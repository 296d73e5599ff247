package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.KerasModel;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a Keras model from a file that Python saved: {@code .h5} of Keras 1, 2 and 3, {@code .keras} of Keras 3. The
 * formats are told apart by content, never by name.
 *
 * <p>A file is untrusted input: nothing in it is executed, nothing is written to disk, and sizes are checked before they
 * are allocated. All methods throw {@link InvalidModelException} if the source is missing, damaged or no model, and
 * {@link io.atelier.keras.UnsupportedModelException} if it is a model with layers or options that Atelier does not
 * handle; the message names all of them. Thread-safe.
 */
public final class KerasReader {
    private static final byte[] HDF5_SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final byte[] ZIP_SIGNATURE = {'P', 'K', 3, 4};
    /** An HDF5 file may have a user block in front, of 512 bytes or a doubling of it. */
    private static final long LAST_SIGNATURE_OFFSET = 1 << 20;

    private KerasReader() {}

    /** Reads a file, with the default limits. */
    public static KerasModel read(Path file) {
        return read(file, ImportLimits.DEFAULT);
    }

    /** Reads a file. */
    public static KerasModel read(Path file, ImportLimits limits) {
        return read(ModelSource.of(file), limits);
    }

    /** Reads a stream to its end, with the default limits; the stream is not closed. */
    public static KerasModel read(InputStream stream) {
        return read(stream, ImportLimits.DEFAULT);
    }

    /** Reads a stream to its end; the stream is not closed. */
    public static KerasModel read(InputStream stream, ImportLimits limits) {
        return read(ModelSource.of(stream, "<stream>", limits), limits);
    }

    /** Reads what a URL leads to, a resource of a jar for instance, with the default limits. */
    public static KerasModel read(URL url) {
        return read(url, ImportLimits.DEFAULT);
    }

    /** Reads what a URL leads to, a resource of a jar for instance. */
    public static KerasModel read(URL url, ImportLimits limits) {
        try (InputStream stream = url.openStream()) {
            return read(ModelSource.of(stream, url.toString(), limits), limits);
        } catch (IOException e) {
            throw new InvalidModelException(url.toString(), "the URL cannot be read: " + e.getMessage(), e);
        }
    }

    private static KerasModel read(ModelSource source, ImportLimits limits) {
        if (source.sizeBytes() == 0) {
            throw new InvalidModelException(source.name(), "the file is empty; copy it again or save the model again");
        }
        if (hasAt(source, 0, ZIP_SIGNATURE)) {
            return KerasArchive.read(source, limits);
        }
        for (long offset = 0; offset <= LAST_SIGNATURE_OFFSET; offset = offset == 0 ? 512 : offset * 2) {
            if (hasAt(source, offset, HDF5_SIGNATURE)) {
                return H5Model.read(source, limits);
            }
        }
        throw new InvalidModelException(
                source.name(),
                "expected a Keras model, an HDF5 (.h5) or zip (.keras) file; received a file that begins with "
                        + beginning(source) + ". Save the model with model.save('model.keras')");
    }

    private static boolean hasAt(ModelSource source, long offset, byte[] signature) {
        return Arrays.equals(bytesAt(source, offset, signature.length), signature);
    }

    private static String beginning(ModelSource source) {
        String text = new String(bytesAt(source, 0, 16), StandardCharsets.ISO_8859_1);
        return "'" + text.replaceAll("[^\\x20-\\x7e]", "?") + "'";
    }

    private static byte[] bytesAt(ModelSource source, long offset, int count) {
        try (SeekableByteChannel channel = source.open()) {
            ByteBuffer buffer = ByteBuffer.allocate(count);
            channel.position(Math.min(offset, channel.size()));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // keep reading
            }
            return Arrays.copyOf(buffer.array(), buffer.position());
        } catch (IOException e) {
            throw new InvalidModelException(source.name(), "the file cannot be read: " + e.getMessage(), e);
        }
    }
}
