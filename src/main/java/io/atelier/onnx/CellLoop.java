package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.RecurrentCell;
import java.util.List;
import java.util.Optional;

/**
 * One cell that is run along the time axis.
 *
 * @param layer of which it is a part
 * @param prefix before the names of its weights in the layer
 * @param isBackwards whether the last step is taken first
 */
record CellLoop(KerasLayer layer, String prefix, RecurrentCell cell, boolean isBackwards) {
    /**
     * What a loop gives, by the names of the ONNX tensors.
     *
     * @param sequence the outputs of all steps in the order in which they were taken, {@code (batch, time, units)}
     * @param last the output of the last step, {@code (batch, units)}
     * @param states the parts of the last state
     */
    record Result(String sequence, String last, List<String> states) {}

    /** What the names of its ONNX tensors start with. */
    String name() {
        return layer.name() + "/" + prefix;
    }

    /** {@code (inputs, gates * units)}. */
    Tensor kernel() {
        return layer.weight(prefix + "kernel");
    }

    /** {@code (units, gates * units)}. */
    Tensor recurrentKernel() {
        return layer.weight(prefix + "recurrent_kernel");
    }

    Optional<Tensor> bias() {
        return cell.useBias() ? Optional.of(layer.weight(prefix + "bias")) : Optional.empty();
    }
}
