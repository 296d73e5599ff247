package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * A long short-term memory of pictures, which convolves where {@link LstmCell} multiplies: ConvLSTM1D to 3D.
 *
 * <p>Shapes for rank 2, {@code channels_last}: input {@code (batch, time, height, width, inChannels)}, kernel
 * {@code (kernelHeight, kernelWidth, inChannels, 4 * filters)}, recurrent_kernel {@code (kernelHeight, kernelWidth, filters,
 * 4 * filters)}, bias {@code (4 * filters)}, output {@code (batch, newHeight, newWidth, filters)}, with a time axis if
 * {@code returnSequences}. The state is convolved with padding {@code same}, strides of 1 and no dilation. Source:
 * keras/src/layers/rnn/conv_lstm.py.
 *
 * @param window of the input's convolution
 * @param filters the number of output channels
 * @param activation tanh by default
 * @param recurrentActivation applied to the gates; sigmoid by default
 * @param useBias true by default
 * @param returnSequences whether the output of every step is given, rather than of the last; false by default
 * @param goBackwards whether the last step is taken first; false by default
 * @param zeroOutputForMask whether the output of a masked step is zero, rather than that of the step before; false by
 *     default
 */
public record ConvLstm(
        SlidingWindow window,
        int filters,
        ActivationOption activation,
        ActivationOption recurrentActivation,
        boolean useBias,
        boolean returnSequences,
        boolean goBackwards,
        boolean zeroOutputForMask)
        implements LayerConfig {
    /** The input gate, the forget gate, the candidate and the output gate. */
    public static final int GATES = 4;

    public ConvLstm {
        Require.positive("filters", filters);
        Require.notCausal(window);
        Require.notStridedAndDilated(window);
    }

    @Override
    public String className() {
        return "ConvLSTM" + window.rank() + "D";
    }

    /** What all gates take of the input of a step. */
    public Convolution ofInput() {
        return new Convolution(window, GATES * filters, 1, ActivationFunction.LINEAR, useBias);
    }

    /** What all gates take of the state of the step before. */
    public Convolution ofState() {
        SlidingWindow same =
                SlidingWindow.of(window.size(), window.ofSizeOne().strides(), Padding.SAME, window.dataFormat());
        return new Convolution(same, GATES * filters, 1, ActivationFunction.LINEAR, false);
    }

    /** The shape of each part of the state. */
    public Shape stateShape(List<Shape> inputs) {
        Shape step = step(inputs);
        for (int i = 0; i < window.rank(); i++) {
            Require.knownAxis(step, window.axis(i));
        }
        return window.outputShape(step).with(window.channelsAxis(), filters);
    }

    private Shape step(List<Shape> inputs) {
        if (inputs.size() != 1) {
            throw new IllegalArgumentException(
                    "the layer takes a sequence, and no initial state is supported; received " + inputs.size()
                            + " tensors");
        }
        Require.rank(window.rank() + 3, inputs.get(0));
        return TimeDistributed.step(inputs.get(0));
    }

    @Override
    public List<Shape> outputShapes(List<Shape> inputs) {
        Shape state = stateShape(inputs);
        return List.of(
                returnSequences
                        ? Shape.of(state.size(0), inputs.get(0).size(1))
                                .append(state.slice(1, state.rank()).toArray())
                        : state);
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        List<WeightSpec> ofInput = ofInput().weights(step(inputs));
        List<WeightSpec> weights = new ArrayList<>(ofInput);
        weights.add(1, ofState().weights(stateShape(inputs)).get(0).renamed("recurrent_kernel"));
        return weights;
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.USES;
    }
}
