package io.atelier.serve.models;

import java.time.Duration;

/** A request was not computed by its deadline, and will not be. */
public final class DeadlineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Gives up a request after this time. */
    public DeadlineException(Duration deadline) {
        super("the request was not computed within " + deadline.toMillis() + " ms");
    }
}
