package io.atelier.serve.models;

/** As many requests wait for the model as may: this one was not accepted, and may be sent again a little later. */
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Refuses a request where this many wait. */
    public OverloadedException(int queueCapacity) {
        super("the model has " + queueCapacity + " requests waiting, as many as may; try again later");
    }
}
