package io.atelier.serve.models;

/** Is told of every batch that was computed; called by many threads, and must return at once. */
@FunctionalInterface
public interface BatchListener {
    /**
     * A batch was computed.
     *
     * @param requests that it was put together of
     * @param rows in all
     */
    void computed(int requests, int rows);
}
