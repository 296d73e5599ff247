package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** The bytes of a model, on disk or in memory, with the name that exceptions call them by. */
sealed interface ModelSource {
    /** What exceptions call it. */
    String name();

    long sizeBytes();

    /** Opens the bytes for reading at any position. */
    SeekableByteChannel open() throws IOException;

    /** Opens the bytes as HDF5. */
    HdfFile openHdf();

    /** Whether these bytes stand at an offset. */
    default boolean hasAt(long offset, byte[] bytes) {
        return Arrays.equals(bytesAt(offset, bytes.length), bytes);
    }

    /** The first bytes as text in quotes, for messages. */
    default String beginning() {
        String text = new String(bytesAt(0, 16), StandardCharsets.ISO_8859_1);
        return "'" + text.replaceAll("[^\\x20-\\x7e]", "?") + "'";
    }

    /** The bytes at an offset; fewer if the source ends before. */
    default byte[] bytesAt(long offset, int count) {
        try (SeekableByteChannel channel = open()) {
            ByteBuffer buffer = ByteBuffer.allocate(count);
            channel.position(Math.min(offset, channel.size()));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // keep reading
            }
            return Arrays.copyOf(buffer.array(), buffer.position());
        } catch (IOException e) {
            throw new InvalidModelException(name(), "the file cannot be read: " + e.getMessage(), e);
        }
    }

    /** A file, which is mapped rather than copied into memory. */
    record OnDisk(Path path, long sizeBytes) implements ModelSource {
        @Override
        public String name() {
            return String.valueOf(path.getFileName());
        }

        @Override
        public SeekableByteChannel open() throws IOException {
            return Files.newByteChannel(path);
        }

        @Override
        public HdfFile openHdf() {
            return new HdfFile(path);
        }
    }

    /** Bytes in memory. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    record InMemory(String name, byte[] bytes) implements ModelSource {
        @Override
        public long sizeBytes() {
            return bytes.length;
        }

        @Override
        public SeekableByteChannel open() {
            return new SeekableInMemoryByteChannel(bytes);
        }

        @Override
        public HdfFile openHdf() {
            return HdfFile.fromBytes(bytes);
        }
    }

    /** The file at this path, which must exist and be a file. */
    static ModelSource of(Path path) {
        String name = String.valueOf(path.getFileName());
        try {
            if (Files.isDirectory(path)) {
                throw new InvalidModelException(
                        name,
                        "expected a model file; received a directory (a TensorFlow SavedModel?). Save the model with"
                                + " model.save('model.keras')");
            }
            return new OnDisk(path, Files.size(path));
        } catch (NoSuchFileException e) {
            throw new InvalidModelException(path.toString(), "there is no such file; check the path", e);
        } catch (IOException e) {
            throw new InvalidModelException(path.toString(), "the file cannot be read: " + e.getMessage(), e);
        }
    }

    /** All that a stream holds; the stream is not closed. */
    static ModelSource of(InputStream stream, String name, ImportLimits limits) {
        try {
            byte[] bytes = stream.readNBytes((int) Math.min(limits.maxStreamBytes() + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > limits.maxStreamBytes()) {
                throw new InvalidModelException(
                        name,
                        "the stream holds more than maxStreamBytes=" + limits.maxStreamBytes()
                                + "; read the model from a file or raise ImportLimits.maxStreamBytes");
            }
            return new InMemory(name, bytes);
        } catch (IOException e) {
            throw new InvalidModelException(name, "the stream cannot be read: " + e.getMessage(), e);
        }
    }
}
