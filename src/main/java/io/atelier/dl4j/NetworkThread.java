package io.atelier.dl4j;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.factory.Nd4j;

/** The one thread that runs a network, so that native memory and network belong to it alone. */
final class NetworkThread implements AutoCloseable {
    private final ExecutorService executor;
    private final Runnable atEnd;

    /**
     * @param atEnd run once, after the last call
     */
    NetworkThread(String name, Runnable atEnd) {
        this.atEnd = atEnd;
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Computes a value on the thread and waits for it, interrupts or not: native code cannot be stopped.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    <T> T call(Callable<T> computation) {
        Future<T> future;
        try {
            future = executor.submit(computation);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the engine is closed", e);
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    throw new IllegalStateException("the network failed: " + e.getCause(), e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets the running calls end, then ends the thread; does nothing the second time. */
    @Override
    public synchronized void close() {
        if (executor.isShutdown()) {
            return;
        }
        executor.execute(() -> {
            atEnd.run();
            Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        });
        executor.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (executor.awaitTermination(1, TimeUnit.DAYS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
