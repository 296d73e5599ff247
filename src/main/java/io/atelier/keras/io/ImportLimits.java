package io.atelier.keras.io;

/**
 * What a model file may ask for before it is taken for an attack: a file is refused before anything above a limit is
 * allocated.
 *
 * @param maxStreamBytes how much is read of a stream or URL; 2 GiB - 64 KiB by default, the most that fits in memory
 * @param maxConfigBytes size of the JSON config; 64 MiB by default
 * @param maxWeightBytes size of all weights as float32; 16 GiB by default
 * @param maxZipEntries number of files in a {@code .keras} archive; 10,000 by default
 * @param maxLayers number of layers; 20,000 by default
 * @param maxCompressionRatio how many times larger than the file its compressed contents may be; 200 by default
 */
public record ImportLimits(
        long maxStreamBytes,
        long maxConfigBytes,
        long maxWeightBytes,
        int maxZipEntries,
        int maxLayers,
        int maxCompressionRatio) {
    /** The defaults named above. */
    public static final ImportLimits DEFAULT =
            new ImportLimits(Integer.MAX_VALUE - 0xffffL, 64L << 20, 16L << 30, 10_000, 20_000, 200);

    public ImportLimits {
        if (maxStreamBytes < 1
                || maxConfigBytes < 1
                || maxWeightBytes < 1
                || maxZipEntries < 1
                || maxLayers < 1
                || maxCompressionRatio < 1) {
            throw new IllegalArgumentException("limits must be at least 1");
        }
    }

    /** These limits with another number of bytes for all weights. */
    public ImportLimits withMaxWeightBytes(long bytes) {
        return new ImportLimits(maxStreamBytes, maxConfigBytes, bytes, maxZipEntries, maxLayers, maxCompressionRatio);
    }

    /** These limits with another number of bytes for streams and URLs. */
    public ImportLimits withMaxStreamBytes(long bytes) {
        return new ImportLimits(bytes, maxConfigBytes, maxWeightBytes, maxZipEntries, maxLayers, maxCompressionRatio);
    }

    /** These limits with another number of bytes for the JSON config. */
    public ImportLimits withMaxConfigBytes(long bytes) {
        return new ImportLimits(maxStreamBytes, bytes, maxWeightBytes, maxZipEntries, maxLayers, maxCompressionRatio);
    }
}
