package io.atelier.keras.layer;

/**
 * A gated recurrent unit: {@code h = z * hBefore + (1 - z) * activation(candidate)}.
 *
 * <p>The gates z and r are {@code recurrentActivation(x · kernel + hBefore · recurrentKernel + bias)}; the columns of each
 * weight belong to z, r and the candidate, in this order. The reset gate r multiplies what the candidate takes of the
 * state before: the state itself, or, if {@code resetAfter}, its product with the recurrent kernel, which then has a bias
 * of its own: bias {@code (2, 3 * units)}. Source: keras/src/layers/rnn/gru.py.
 *
 * @param units the size of the state, at least 1
 * @param activation tanh by default
 * @param recurrentActivation applied to the gates; sigmoid by default
 * @param useBias true by default
 * @param resetAfter true by default since TensorFlow 2; files from before that option have it false
 */
public record GruCell(
        int units,
        ActivationOption activation,
        ActivationOption recurrentActivation,
        boolean useBias,
        boolean resetAfter)
        implements RecurrentCell {
    public GruCell {
        Require.positive("units", units);
    }

    @Override
    public int stateCount() {
        return 1;
    }

    @Override
    public int gateCount() {
        return 3;
    }

    @Override
    public Shape biasShape() {
        return resetAfter ? Shape.of(2, 3 * units) : Shape.of(3 * units);
    }

    @Override
    public String layerName() {
        return "GRU";
    }
}
