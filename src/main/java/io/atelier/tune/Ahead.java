package io.atelier.tune;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes the next element while the last is used, on a thread of its own: images are decoded while a network trains.
 *
 * @param <T> the elements
 */
final class Ahead<T> implements Iterator<T>, AutoCloseable {
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "atelier-batches");
        thread.setDaemon(true);
        return thread;
    });
    private final Iterator<T> source;
    private Future<Optional<T>> pending;

    /**
     * @param source used on the other thread only
     */
    Ahead(Iterator<T> source) {
        this.source = source;
        this.pending = submit();
    }

    private Future<Optional<T>> submit() {
        return executor.submit(() -> source.hasNext() ? Optional.of(source.next()) : Optional.empty());
    }

    @Override
    public boolean hasNext() {
        return await().isPresent();
    }

    @Override
    public T next() {
        T element = await().orElseThrow(NoSuchElementException::new);
        pending = submit();
        return element;
    }

    private Optional<T> await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return pending.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException failure) {
                        throw failure;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for the element that is being made, and ends the thread. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            await();
        } catch (RuntimeException e) {
            // Nobody wants the element any more.
            pending.cancel(true);
        }
    }
}
