package io.atelier.engine;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Refuses inputs that do not fit a model, before they reach native code. Thread-safe. */
public final class InputCheck {
    private final KerasModel model;
    private final boolean hasOpenAxes;
    /** The sizes that were last found to fit through every layer. */
    private volatile List<Shape> lastFitting = List.of();

    /** The check of one model. */
    public InputCheck(KerasModel model) {
        this.model = model;
        this.hasOpenAxes = model.inputShapes().stream()
                .anyMatch(
                        shape -> IntStream.range(1, shape.rank()).anyMatch(axis -> shape.size(axis) == Shape.UNKNOWN));
    }

    /**
     * Does nothing if the inputs fit.
     *
     * @throws IllegalArgumentException if they do not
     */
    public void check(List<Tensor> inputs) {
        List<Shape> expected = model.inputShapes();
        if (inputs.size() != expected.size()) {
            throw new IllegalArgumentException(
                    "the model takes " + expected.size() + " inputs; received " + inputs.size());
        }
        for (int i = 0; i < expected.size(); i++) {
            Shape shape = inputs.get(i).shape();
            String name = model.inputs().get(i).layer();
            if (!expected.get(i).accepts(shape)) {
                throw new IllegalArgumentException(
                        "input '" + name + "' must have shape " + expected.get(i) + "; received " + shape);
            }
            if (shape.valueCount() == 0) {
                throw new IllegalArgumentException("input '" + name + "' must not be empty; received shape " + shape);
            }
            if (shape.size(0) != inputs.get(0).shape().size(0)) {
                throw new IllegalArgumentException("all inputs must have the same batch size; received "
                        + inputs.get(0).shape().size(0) + " for '"
                        + model.inputs().get(0).layer() + "' and "
                        + shape.size(0) + " for '" + name + "'");
            }
        }
        if (hasOpenAxes) {
            checkSizes(inputs.stream().map(Tensor::shape).toList());
        }
    }

    private void checkSizes(List<Shape> shapes) {
        if (shapes.equals(lastFitting)) {
            return;
        }
        if (withInputs(model, shapes).isEmpty()) {
            throw new IllegalArgumentException(
                    "inputs of shape " + shapes + " do not fit through every layer of the model");
        }
        lastFitting = shapes;
    }

    /** The model with other input shapes; empty if a layer does not take what it would get. */
    public static Optional<KerasModel> withInputs(KerasModel model, List<Shape> shapes) {
        Map<String, KerasLayer> inputs = new HashMap<>();
        List<TensorRef> refs = new ArrayList<>(model.inputs());
        for (int i = 0; i < refs.size(); i++) {
            KerasLayer layer = model.layer(refs.get(i).layer());
            InputLayer config = (InputLayer) layer.config();
            inputs.put(
                    layer.name(),
                    new KerasLayer(layer.name(), new InputLayer(shapes.get(i), config.dtype()), Map.of()));
        }
        try {
            return Optional.of(model.withLayers(inputs));
        } catch (InvalidModelException e) {
            return Optional.empty();
        }
    }
}
