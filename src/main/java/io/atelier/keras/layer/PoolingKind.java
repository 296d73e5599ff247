package io.atelier.keras.layer;

/** What is kept of the values under a pooling window. */
public enum PoolingKind implements Named {
    MAX,
    /** The mean of the values that are within the input: padding is not counted. */
    AVERAGE
}
