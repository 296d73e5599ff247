package io.atelier.classify;

/**
 * How large an image file may be; both are checked before anything is decoded.
 *
 * @param maxPixels width times height; decoding takes up to 12 bytes of heap a pixel
 * @param maxBytes of the encoded file
 */
public record ImageLimits(long maxPixels, long maxBytes) {
    /** 32 million pixels in a file of 64 MiB. */
    public static final ImageLimits DEFAULT = new ImageLimits(32_000_000, 64L << 20);

    public ImageLimits {
        if (maxPixels < 1 || maxBytes < 1 || maxBytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "limits must be at least 1, and maxBytes below 2 GiB; received maxPixels=" + maxPixels
                            + ", maxBytes=" + maxBytes);
        }
    }
}
