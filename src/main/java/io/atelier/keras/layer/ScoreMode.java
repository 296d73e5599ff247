package io.atelier.keras.layer;

/** How an {@link Attention} scores a key for a query. */
public enum ScoreMode {
    /** The sum of their products, times {@code scale}. */
    DOT,
    /** {@code concat_score_weight} times the sum of {@code tanh(scale * (query + key))}. */
    CONCAT,
    /** The sum of {@code scale * tanh(query + key)}: the layer AdditiveAttention. */
    ADDITIVE
}
