package io.atelier.onnx;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A tensor of the ONNX graph that stands for one of the Keras graph.
 *
 * @param name in the ONNX graph
 * @param shape in Keras's layout, with its batch axis
 * @param isChannelsFirst whether the ONNX tensor has Keras's last axis moved to the second place: ONNX convolves and pools
 *     that way only, and a channels_last model would otherwise have a Transpose around each of its layers
 * @param mask the tensor of bool that says which steps count, {@code (batch, steps)} as a rule
 */
record Value(String name, Shape shape, boolean isChannelsFirst, Optional<Value> mask) {
    /** A tensor without a mask. */
    Value(String name, Shape shape, boolean isChannelsFirst) {
        this(name, shape, isChannelsFirst, Optional.empty());
    }

    /** A tensor in Keras's layout. */
    static Value of(String name, Shape shape) {
        return new Value(name, shape, false);
    }

    /** The same tensor, without its mask, after something that leaves layout and shape as they are. */
    Value renamed(String newName) {
        return new Value(newName, shape, isChannelsFirst);
    }

    /** The same tensor with a mask. */
    Value withMask(Value newMask) {
        return new Value(name, shape, isChannelsFirst, Optional.of(newMask));
    }

    /** The same tensor without a mask. */
    Value withoutMask() {
        return new Value(name, shape, isChannelsFirst);
    }

    /** Another tensor in the same layout. */
    Value reshaped(String newName, Shape newShape) {
        return new Value(newName, newShape, isChannelsFirst);
    }

    /** Where an axis of the Keras tensor stands in the ONNX tensor. */
    int axis(int kerasAxis) {
        int index = shape.axisIndex(kerasAxis);
        if (!isChannelsFirst || index == 0) {
            return index;
        }
        return index == shape.rank() - 1 ? 1 : index + 1;
    }

    /** A vector in a shape that ONNX broadcasts along an axis of the Keras tensor. */
    Tensor along(Tensor vector, int kerasAxis) {
        return along(vector, List.of(kerasAxis));
    }

    /**
     * Values for some axes of the Keras tensor in a shape that ONNX broadcasts along them.
     *
     * @param kerasAxes if several, this value must have Keras's layout
     */
    Tensor along(Tensor values, List<Integer> kerasAxes) {
        int[] sizes = new int[shape.rank()];
        Arrays.fill(sizes, 1);
        for (int i = 0; i < kerasAxes.size(); i++) {
            sizes[axis(kerasAxes.get(i))] = values.shape().size(i);
        }
        return values.reshape(Shape.of(sizes));
    }
}
