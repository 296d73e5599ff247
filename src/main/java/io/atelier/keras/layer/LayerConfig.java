package io.atelier.keras.layer;

import java.util.List;

/**
 * What a layer is, in Keras's words and without its weights: one record for each idea, whatever Keras's class names for
 * it are.
 *
 * <p>The records are immutable and thread-safe. Their constructors refuse, with an {@link IllegalArgumentException} that
 * says what was expected and received, whatever Keras would refuse.
 */
public sealed interface LayerConfig
        permits Attention,
                Bidirectional,
                ConvLstm,
                CustomLayer,
                GroupedQueryAttention,
                InputLayer,
                Masked,
                MergingLayer,
                MultiHeadAttention,
                Operation,
                Recurrent,
                UnaryLayer {
    /** Keras's name for the layer: {@code MaxPooling2D}. */
    String className();

    /**
     * The shapes of what the layer makes of inputs of these shapes.
     *
     * @param inputs with their batch axis
     * @throws IllegalArgumentException if the layer does not take inputs of these shapes
     */
    List<Shape> outputShapes(List<Shape> inputs);

    /**
     * The weights the layer has when it is built for inputs of these shapes, in the order of Keras's
     * {@code layer.weights}.
     *
     * @param inputs with their batch axis
     * @throws IllegalArgumentException if the layer cannot be built for inputs of these shapes
     */
    List<WeightSpec> weights(List<Shape> inputs);

    /** What the layer has to do with masks; most layers drop them. */
    default MaskUse maskUse() {
        return MaskUse.DROPS;
    }
}
