package io.atelier.keras.layer;

import java.util.List;

/**
 * What a recurrent layer does at each step: it takes the input of the step and the state of the step before, and gives
 * the new state, whose first part is also its output.
 */
public sealed interface RecurrentCell permits GruCell, LstmCell, SimpleRnnCell {
    /** The size of the cell's output and of each part of its state. */
    int units();

    /** How many parts the state has, each of shape {@code (batch, units)}. */
    int stateCount();

    /** Applied to the candidate of the new state. */
    ActivationOption activation();

    /** Whether a bias is added. */
    boolean useBias();

    /** Keras's name for the layer that has this cell: {@code LSTM}. */
    String layerName();

    /** How many matrices of {@code units} columns stand side by side in a kernel. */
    int gateCount();

    /** The shape of the bias, if there is one. */
    default Shape biasShape() {
        return Shape.of(gateCount() * units());
    }

    /**
     * The weights in Keras's order: kernel {@code (inputs, gates * units)}, recurrent_kernel {@code (units, gates *
     * units)}, bias.
     *
     * @param inputs the size of the input's last axis
     */
    default List<WeightSpec> weights(int inputs) {
        int columns = gateCount() * units();
        List<WeightSpec> kernels = List.of(
                WeightSpec.trainable("kernel", inputs, columns),
                WeightSpec.trainable("recurrent_kernel", units(), columns));
        return useBias() ? List.of(kernels.get(0), kernels.get(1), new WeightSpec("bias", biasShape(), true)) : kernels;
    }
}
