package io.atelier.keras.layer;

/**
 * An element-wise function, or softmax over the last axis, with the constants of {@code keras.activations}.
 *
 * <p>Source: keras/src/activations/activations.py.
 */
public enum ActivationFunction implements ActivationOption, Named {
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
    SOFTSIGN,
    /** {@code min(max(x + 3, 0), 6) / 6}. */
    HARD_SIGMOID,
    /** {@code min(max(0.2 * x + 0.5, 0), 1)}, which Keras 1 and 2 call hard_sigmoid. */
    HARD_SIGMOID_OF_KERAS_2,
    /** {@code min(max(x, 0), 6)}. */
    RELU6,
    /** {@code x} if positive, else {@code 0.2 * x}. */
    LEAKY_RELU,
    /** The same as elu, as its alpha is 1. */
    CELU,
    /** {@code 0.5 * x * (1 + erf(x / sqrt(2)))}. */
    GELU,
    /** {@code x * sigmoid(x)}; also called swish. */
    SILU,
    /** {@code x * tanh(softplus(x))}. */
    MISH,
    /** {@code x * hard_sigmoid(x)}; also called hard_swish. */
    HARD_SILU,
    /** {@code min(max(x, -1), 1)}. */
    HARD_TANH,
    /** {@code x} if beyond -0.5 and 0.5, else 0. */
    HARD_SHRINK,
    /** {@code x} moved by 0.5 towards 0, and 0 between -0.5 and 0.5. */
    SOFT_SHRINK,
    /** {@code x - tanh(x)}. */
    TANH_SHRINK,
    /** 0 up to -1, {@code (x + 1)² / 4} up to 1, {@code x} from there. */
    SPARSE_PLUS,
    /** {@code min(max(0.5 * (x + 1), 0), 1)}. */
    SPARSE_SIGMOID,
    /** {@code (x + sqrt(x² + 4)) / 2}. */
    SQUAREPLUS,
    /** {@code log(sigmoid(x))}. */
    LOG_SIGMOID,
    /** {@code exp(x)}. */
    EXPONENTIAL,
    /** {@code log(softmax(x))} over the last axis. */
    LOG_SOFTMAX,
    /**
     * {@code max(x - t, 0)} along the last axis, {@code t = (sum - 1) / k}: of the values in descending order, the first k
     * are those for which {@code value > (sum up to it - 1) / position}. As Keras has it, {@code sum} adds up the k sums up
     * to a value rather than the k values.
     */
    SPARSEMAX
}
