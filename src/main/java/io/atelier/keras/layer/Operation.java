package io.atelier.keras.layer;

import java.util.List;

/**
 * A function of {@code keras.ops} that stands in a graph beside the layers: Keras 3 writes down how masks are computed.
 *
 * <p>It has no weights, takes no notice of masks, and its output has none. Flags are 1 for true and 0 for false, and any
 * other value than 0 is true.
 */
public sealed interface Operation extends LayerConfig
        permits AnyAlong, Comparison, ConstantLike, Conversion, ExpandDims, LayerOperation, Logic {
    /**
     * The shape of the output for inputs of these shapes.
     *
     * @param inputs at least one, each with its batch axis
     * @throws IllegalArgumentException if the operation does not take inputs of these shapes
     */
    Shape outputShape(List<Shape> inputs);

    @Override
    default List<Shape> outputShapes(List<Shape> inputs) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("the operation takes at least one tensor; received none");
        }
        return List.of(outputShape(inputs));
    }

    @Override
    default List<WeightSpec> weights(List<Shape> inputs) {
        return List.of();
    }
}
