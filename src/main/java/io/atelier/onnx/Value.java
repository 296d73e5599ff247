package io.atelier.onnx;

import io.atelier.keras.layer.Shape;

/**
 * A tensor of the ONNX graph that stands for one of the Keras graph.
 *
 * @param name in the ONNX graph
 * @param shape in Keras's layout, with its batch axis
 * @param isChannelsFirst whether the ONNX tensor has Keras's last axis moved to the second place: ONNX convolves and pools
 *     that way only, and a channels_last model would otherwise have a Transpose around each of its layers
 */
record Value(String name, Shape shape, boolean isChannelsFirst) {
    /** A tensor in Keras's layout. */
    static Value of(String name, Shape shape) {
        return new Value(name, shape, false);
    }

    /** The same tensor after something that leaves layout and shape as they are. */
    Value renamed(String newName) {
        return new Value(newName, shape, isChannelsFirst);
    }

    /** Where an axis of the Keras tensor stands in the ONNX tensor. */
    int axis(int kerasAxis) {
        int index = shape.axisIndex(kerasAxis);
        if (!isChannelsFirst || index == 0) {
            return index;
        }
        return index == shape.rank() - 1 ? 1 : index + 1;
    }
}
