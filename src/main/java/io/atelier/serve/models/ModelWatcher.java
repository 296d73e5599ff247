package io.atelier.serve.models;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refreshes a repository every now and then: files are looked at, since notifications do not work on every file system. */
public final class ModelWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelWatcher.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "atelier-models");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins to watch. */
    public ModelWatcher(ModelRepository repository, Duration interval) {
        executor.scheduleWithFixedDelay(
                () -> refresh(repository), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void refresh(ModelRepository repository) {
        try {
            repository.refresh();
        } catch (RuntimeException | Error e) {
            // The next round must come, whatever happened in this one.
            LOG.error("the models could not be looked at", e);
        }
    }

    /** Ends watching, and waits for a model that is just being loaded. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("a model is still being loaded");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
