package io.atelier.keras.layer;

/**
 * {@code h = activation(x · kernel + hBefore · recurrentKernel + bias)}.
 *
 * <p>Source: keras/src/layers/rnn/simple_rnn.py.
 *
 * @param units the size of the state, at least 1
 * @param activation tanh by default
 * @param useBias true by default
 */
public record SimpleRnnCell(int units, ActivationOption activation, boolean useBias) implements RecurrentCell {
    public SimpleRnnCell {
        Require.positive("units", units);
    }

    @Override
    public int stateCount() {
        return 1;
    }

    @Override
    public int gateCount() {
        return 1;
    }

    @Override
    public String layerName() {
        return "SimpleRNN";
    }
}
