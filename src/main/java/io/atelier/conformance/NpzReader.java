package io.atelier.conformance;

import io.atelier.keras.Tensor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads the arrays of a file written by {@code numpy.savez} or {@code numpy.savez_compressed}.
 *
 * <p>A library (org.jetbrains.bio:npy 0.3.5) was tried and does not do for files that nobody vouches for: it allocates
 * what a header claims before it looks at the data, fills up an array that is cut short with zeros, wraps a shape whose
 * product overflows, reads uint8 as signed, and refuses Fortran order, scalars and version 3.0 of the format.
 */
final class NpzReader {
    private static final String SUFFIX = ".npy";

    private final String source;
    private final ReferenceLimits limits;
    private long bytes;

    private NpzReader(String source, ReferenceLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    /**
     * Reads every array.
     *
     * @return by name, without the suffix {@code .npy}, in the file's order
     * @throws InvalidReferenceException if the file is missing, damaged, too large or anything else
     */
    static Map<String, Tensor> read(Path file, ReferenceLimits limits) {
        return new NpzReader(file.toString(), limits).readAll(file);
    }

    private Map<String, Tensor> readAll(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidReferenceException(source, "there is no such file; give a .npz that numpy wrote");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > limits.maxEntries()) {
                throw new InvalidReferenceException(
                        source,
                        "its " + zip.size()
                                + " entries are over the limit of " + limits.maxEntries()
                                + " (ReferenceLimits.maxEntries)");
            }
            Map<String, Tensor> arrays = new LinkedHashMap<>();
            for (Iterator<? extends ZipEntry> entries = zip.entries().asIterator(); entries.hasNext(); ) {
                ZipEntry entry = entries.next();
                String name = arrayName(entry);
                if (arrays.put(name, readEntry(zip, entry, name)) != null) {
                    throw InvalidReferenceException.ofEntry(source, name, "it is there twice; write the file again");
                }
            }
            return arrays;
        } catch (IOException | IllegalArgumentException e) {
            // IllegalArgumentException: an entry's name is not what its encoding says.
            throw new InvalidReferenceException(
                    source,
                    "it is damaged or not a .npz of numpy (" + e.getMessage() + "); write it again with numpy.savez",
                    e);
        }
    }

    private String arrayName(ZipEntry entry) {
        if (entry.isDirectory() || !entry.getName().endsWith(SUFFIX)) {
            throw InvalidReferenceException.ofEntry(
                    source,
                    entry.getName(),
                    "expected only arrays, whose names end in .npy; is this a .npz that numpy wrote?");
        }
        return entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
    }

    private Tensor readEntry(ZipFile zip, ZipEntry entry, String name) {
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(new BufferedInputStream(zip.getInputStream(entry)), crc)) {
            NpyHeader header = NpyHeader.read(in);
            checkSize(header, entry, name);
            Tensor tensor = NpyReader.read(header, in);
            if (crc.getValue() != entry.getCrc()) {
                throw new IOException("its checksum is wrong");
            }
            return tensor;
        } catch (IOException e) {
            throw new InvalidReferenceException(
                    source,
                    "entry '" + name + "': " + e.getMessage() + "; write the reference again with numpy.savez",
                    e);
        }
    }

    /** Nothing is allocated for a header that lies, nor for one that tells the truth about too much. */
    private void checkSize(NpyHeader header, ZipEntry entry, String name) throws IOException {
        long announced = header.shape().valueCount() * header.type().bytes();
        long received = entry.getSize() - header.headerBytes();
        if (announced != received) {
            throw new IOException(
                    "its shape " + header.shape() + " needs " + announced + " bytes of values; received " + received);
        }
        bytes += header.shape().valueCount() * Float.BYTES;
        if (bytes > limits.maxBytes()) {
            throw InvalidReferenceException.ofEntry(
                    source,
                    name,
                    "with it the arrays take " + bytes
                            + " bytes, over the limit of " + limits.maxBytes()
                            + " (ReferenceLimits.maxBytes); write a reference with fewer rows");
        }
    }
}
