package io.atelier.serve.models;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets so many threads work at the same time; the others wait, no more and no longer than requests for a batch may.
 *
 * <p>Safe for use by many threads.
 */
public final class Places {
    private final Semaphore free;
    private final Batching options;

    /** As many places as this semaphore has permits. */
    public Places(Semaphore free, Batching options) {
        this.free = free;
        this.options = options;
    }

    /**
     * Works in a place of its own, on the caller's thread.
     *
     * @throws OverloadedException if as many wait as may
     * @throws DeadlineException if no place became free in time
     */
    public <T> T use(Supplier<T> work) {
        if (free.getQueueLength() >= options.queueCapacity()) {
            throw new OverloadedException(options.queueCapacity());
        }
        try {
            if (!free.tryAcquire(options.deadline().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new DeadlineException(options.deadline());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the thread was interrupted while it waited for a place", e);
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }
}
