package io.atelier.conformance;

/**
 * How large a reference may be; checked before anything is allocated.
 *
 * @param maxEntries how many arrays it may hold
 * @param maxBytes what all its arrays together may take in memory, as float32
 */
public record ReferenceLimits(int maxEntries, long maxBytes) {
    private static final int DEFAULT_MAX_ENTRIES = 10_000;
    private static final long DEFAULT_MAX_BYTES = 1L << 30;

    public ReferenceLimits {
        if (maxEntries < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "maxEntries and maxBytes must be at least 1; received " + maxEntries + " and " + maxBytes);
        }
    }

    /** 10,000 arrays in 1 GiB, or in a quarter of the heap if that is less. */
    public static ReferenceLimits standard() {
        return new ReferenceLimits(
                DEFAULT_MAX_ENTRIES,
                Math.min(DEFAULT_MAX_BYTES, Runtime.getRuntime().maxMemory() / 4));
    }
}
