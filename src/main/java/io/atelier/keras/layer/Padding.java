package io.atelier.keras.layer;

/** What a sliding window does at the border. */
public enum Padding implements Named {
    /** The window stays within the input. */
    VALID,
    /**
     * As many outputs as there are strides in the input. TensorFlow's rule: where the padding is odd, the extra row or
     * column stands at the end.
     */
    SAME,
    /** As {@link #SAME}, with all of the padding at the start: no output depends on a later input. One spatial axis only. */
    CAUSAL
}
