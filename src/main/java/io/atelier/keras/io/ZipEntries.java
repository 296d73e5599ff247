package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The files in a zip archive, read into memory by name and never written to disk. */
final class ZipEntries implements AutoCloseable {
    private final ModelSource source;
    private final ImportLimits limits;
    private final ZipFile zip;

    ZipEntries(ModelSource source, ImportLimits limits) throws IOException {
        this.source = source;
        this.limits = limits;
        this.zip = open(source);
        int entries = Collections.list(zip.getEntries()).size();
        if (entries > limits.maxZipEntries()) {
            zip.close();
            throw new InvalidModelException(
                    source.name(),
                    "the archive has " + entries + " files, more than ImportLimits.maxZipEntries="
                            + limits.maxZipEntries());
        }
    }

    private static ZipFile open(ModelSource source) throws IOException {
        try {
            return ZipFile.builder()
                    .setSeekableByteChannel(source.open())
                    .setIgnoreLocalFileHeader(false)
                    .get();
        } catch (RuntimeException e) {
            throw new IOException("its directory is broken", e);
        }
    }

    boolean has(String name) {
        return zip.getEntry(name) != null;
    }

    /**
     * The bytes of a file; empty if the archive does not have it.
     *
     * @param maxBytes a larger file is refused, whatever size the archive claims for it
     * @param limitName how the limit is called in the message
     */
    Optional<byte[]> read(String name, long maxBytes, String limitName) throws IOException {
        ZipArchiveEntry entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        long ratioBytes = Math.multiplyExact(source.sizeBytes(), (long) limits.maxCompressionRatio());
        if (entry.getSize() > maxBytes) {
            throw tooLarge(name, limitName);
        }
        if (entry.getSize() > ratioBytes) {
            throw tooLarge(name, "maxCompressionRatio=" + limits.maxCompressionRatio());
        }
        int most = (int) Math.min(maxBytes, ratioBytes);
        try (InputStream stream = zip.getInputStream(entry)) {
            byte[] bytes = stream.readNBytes(most);
            if (stream.read() >= 0) {
                throw tooLarge(name, limitName);
            }
            return Optional.of(bytes);
        } catch (RuntimeException e) {
            if (e instanceof InvalidModelException) {
                throw e;
            }
            throw new IOException("'" + name + "' cannot be unpacked", e);
        }
    }

    private InvalidModelException tooLarge(String name, String limitName) {
        return new InvalidModelException(
                source.name(), "'" + name + "' in the archive is larger than ImportLimits allow: " + limitName);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
