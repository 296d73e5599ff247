package io.atelier.dl4j;

import io.atelier.engine.InputCheck;
import io.atelier.keras.KerasModel;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.keras.layer.Shape;
import java.util.Optional;

/** Finds sizes for a model's open axes, so that it can be run without knowing what it will be used for. */
final class ProbeShapes {
    private static final int BATCH = 2;
    private static final int LARGEST_SIZE = 512;

    private ProbeShapes() {}

    /**
     * The model with inputs of known sizes: a batch of two, and for other open axes the smallest size that fits through
     * every layer.
     *
     * @throws UnsupportedModelException if no size up to 512 fits
     */
    static KerasModel of(KerasModel model) {
        for (int size = 1; size <= LARGEST_SIZE; size++) {
            int open = size;
            Optional<KerasModel> probe = InputCheck.withInputs(
                    model,
                    model.inputShapes().stream()
                            .map(shape -> filled(shape, open))
                            .toList());
            if (probe.isPresent()) {
                return probe.get();
            }
        }
        throw new UnsupportedModelException(
                model.origin().source(),
                "no size from 1 to " + LARGEST_SIZE + " for the open axes of the inputs " + model.inputShapes()
                        + " fits through every layer; save the model with an input shape");
    }

    private static Shape filled(Shape shape, int size) {
        Shape filled = shape;
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (shape.size(axis) == Shape.UNKNOWN) {
                filled = filled.with(axis, axis == 0 ? BATCH : size);
            }
        }
        return filled;
    }
}
