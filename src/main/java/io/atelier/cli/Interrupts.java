package io.atelier.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Listens for Control-C while long work runs, so that it can end in good order: the process waits for it a while. */
final class Interrupts implements AutoCloseable {
    private static final long SECONDS = 120;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "atelier-interrupts");
    private volatile boolean isInterrupted;

    Interrupts() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupted() {
        isInterrupted = true;
        try {
            if (!done.await(SECONDS, TimeUnit.SECONDS)) {
                System.err.println("atelier: the work does not end; it is left as it is");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isInterrupted() {
        return isInterrupted;
    }

    /** Lets the process end. */
    @Override
    public void close() {
        done.countDown();
        if (!isInterrupted) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
