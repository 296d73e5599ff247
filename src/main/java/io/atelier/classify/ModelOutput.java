package io.atelier.classify;

/** What the numbers are that a model gives for each label. */
public enum ModelOutput {
    /** Probabilities that add up to 1, from softmax; or one from sigmoid, that of the second of two labels. */
    PROBABILITIES,
    /**
     * The values before softmax (before sigmoid for a single output), from a model trained with
     * {@code from_logits=True}; the classifier applies the function.
     */
    LOGITS
}
