package io.atelier.serve;

import java.time.Duration;

/**
 * What a client may ask of the server.
 *
 * @param maxBodyBytes of a request; a larger one is answered with 413
 * @param maxPixels of an image, checked before it is decoded
 * @param maxImages in one request to {@code /classify}
 * @param maxJsonDepth of nested arrays and objects
 * @param maxHeaderBytes of a request's line and headers
 * @param maxConnections at the same time; more wait until one is closed
 * @param readTimeout for the whole body of a request
 * @param idleTimeout after which a connection on which nothing moves is closed
 */
public record RequestLimits(
        long maxBodyBytes,
        long maxPixels,
        int maxImages,
        int maxJsonDepth,
        int maxHeaderBytes,
        int maxConnections,
        Duration readTimeout,
        Duration idleTimeout) {
    /** 16 MiB, 16 million pixels, 64 images, a depth of 16, 8 KiB of headers, 1,024 connections, 30 seconds each. */
    public static final RequestLimits DEFAULT = new RequestLimits(
            16L << 20, 16_000_000, 64, 16, 8192, 1024, Duration.ofSeconds(30), Duration.ofSeconds(30));

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is not positive, or maxBodyBytes is 2 GiB or more
     */
    public RequestLimits {
        if (maxBodyBytes < 1
                || maxBodyBytes > Integer.MAX_VALUE - 8
                || maxPixels < 1
                || maxImages < 1
                || maxJsonDepth < 1
                || maxHeaderBytes < 1
                || maxConnections < 1
                || !isPositive(readTimeout)
                || !isPositive(idleTimeout)) {
            throw new IllegalArgumentException("limits must be positive, and maxBodyBytes below 2 GiB");
        }
    }

    private static boolean isPositive(Duration time) {
        return !time.isNegative() && !time.isZero();
    }

    /** Another largest body. */
    public RequestLimits withMaxBodyBytes(long bytes) {
        return new RequestLimits(
                bytes, maxPixels, maxImages, maxJsonDepth, maxHeaderBytes, maxConnections, readTimeout, idleTimeout);
    }

    /** Another largest image. */
    public RequestLimits withMaxPixels(long pixels) {
        return new RequestLimits(
                maxBodyBytes,
                pixels,
                maxImages,
                maxJsonDepth,
                maxHeaderBytes,
                maxConnections,
                readTimeout,
                idleTimeout);
    }

    /** Another depth of JSON. */
    public RequestLimits withMaxJsonDepth(int depth) {
        return new RequestLimits(
                maxBodyBytes, maxPixels, maxImages, depth, maxHeaderBytes, maxConnections, readTimeout, idleTimeout);
    }

    /** Other times for reading a body, and for a connection on which nothing moves. */
    public RequestLimits withTimeouts(Duration read, Duration idle) {
        return new RequestLimits(
                maxBodyBytes, maxPixels, maxImages, maxJsonDepth, maxHeaderBytes, maxConnections, read, idle);
    }
}
