package io.atelier.serve.models;

import java.time.Duration;

/**
 * How requests to one model are put together, and how many may wait.
 *
 * @param maxRows of one batch; a request with more is a batch of its own
 * @param maxDelay that a request waits for others where others are under way; a lone request never waits
 * @param queueCapacity how many requests may wait; one more is refused
 * @param concurrency how many batches are computed at the same time
 * @param deadline by which a request is answered, counted from when it was handed over
 */
public record Batching(int maxRows, Duration maxDelay, int queueCapacity, int concurrency, Duration deadline) {
    /** At most 32 rows, no delay, 256 waiting, one batch for each core, 10 seconds. */
    public static final Batching DEFAULT =
            new Batching(32, Duration.ZERO, 256, Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(10));

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is below 1, the delay is negative or the deadline not positive
     */
    public Batching {
        if (maxRows < 1 || queueCapacity < 1 || concurrency < 1) {
            throw new IllegalArgumentException("maxRows, queueCapacity and concurrency must be at least 1; received "
                    + maxRows + ", " + queueCapacity + " and " + concurrency);
        }
        if (maxDelay.isNegative() || deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException(
                    "maxDelay must be at least 0 and deadline more than 0; received " + maxDelay + " and " + deadline);
        }
    }

    /** Other largest batches; 1 computes every request alone. */
    public Batching withMaxRows(int rows) {
        return new Batching(rows, maxDelay, queueCapacity, concurrency, deadline);
    }

    /** Another delay. */
    public Batching withMaxDelay(Duration delay) {
        return new Batching(maxRows, delay, queueCapacity, concurrency, deadline);
    }

    /** Another number of requests that may wait. */
    public Batching withQueueCapacity(int requests) {
        return new Batching(maxRows, maxDelay, requests, concurrency, deadline);
    }

    /** Another number of batches that are computed at the same time. */
    public Batching withConcurrency(int batches) {
        return new Batching(maxRows, maxDelay, queueCapacity, batches, deadline);
    }

    /** Another deadline. */
    public Batching withDeadline(Duration answer) {
        return new Batching(maxRows, maxDelay, queueCapacity, concurrency, answer);
    }
}
