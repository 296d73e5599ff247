package io.atelier.keras.layer;

/**
 * An element-wise function, or softmax over the last axis, with the constants of {@code keras.activations}.
 *
 * <p>Source: keras/src/activations/activations.py.
 */
public enum ActivationFunction implements Named {
    /** {@code x}. */
    LINEAR,
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID,
    TANH,
    /** {@code exp(x) / sum(exp(x))} over the last axis. */
    SOFTMAX,
    /** {@code x} if positive, else {@code exp(x) - 1}. */
    ELU,
    /** {@code 1.05070098 * (x if positive, else 1.67326324 * (exp(x) - 1))}. */
    SELU,
    /** {@code log(exp(x) + 1)}. */
    SOFTPLUS,
    /** {@code x / (abs(x) + 1)}. */
    SOFTSIGN
}
