package io.atelier.keras.layer;

import java.util.List;

/** A layer without weights that makes one tensor of several. */
public sealed interface MergingLayer extends LayerConfig permits Concatenate, Dot, ElementwiseMerge {
    /**
     * The shape of the output for inputs of these shapes.
     *
     * @param inputs at least one, each with its batch axis
     * @throws IllegalArgumentException if the layer does not take inputs of these shapes
     */
    Shape outputShape(List<Shape> inputs);

    @Override
    default List<Shape> outputShapes(List<Shape> inputs) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("the layer takes at least one input; received none");
        }
        return List.of(outputShape(inputs));
    }

    @Override
    default List<WeightSpec> weights(List<Shape> inputs) {
        return List.of();
    }
}
