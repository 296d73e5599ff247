package io.atelier.keras.layer;

/**
 * A long short-term memory: {@code c = f * cBefore + i * activation(candidate)}, {@code h = o * activation(c)}.
 *
 * <p>The state is {@code [h, c]}. {@code i}, {@code f} and {@code o} are gates, {@code recurrentActivation(x · kernel +
 * hBefore · recurrentKernel + bias)}; the columns of each weight belong to i, f, the candidate and o, in this order.
 * Source: keras/src/layers/rnn/lstm.py.
 *
 * @param units the size of each part of the state, at least 1
 * @param activation tanh by default
 * @param recurrentActivation applied to the gates; sigmoid by default
 * @param useBias true by default
 */
public record LstmCell(int units, ActivationOption activation, ActivationOption recurrentActivation, boolean useBias)
        implements RecurrentCell {
    public LstmCell {
        Require.positive("units", units);
    }

    @Override
    public int stateCount() {
        return 2;
    }

    @Override
    public int gateCount() {
        return 4;
    }

    @Override
    public String layerName() {
        return "LSTM";
    }
}
