package io.atelier.classify;

/** A label that has a name for people besides its name in code; enums of labels implement it. */
public interface Labelled {
    /** The name people read: {@code T-shirt/top}. */
    String displayName();
}
