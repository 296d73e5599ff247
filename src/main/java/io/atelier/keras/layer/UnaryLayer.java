package io.atelier.keras.layer;

import java.util.List;

/** A layer that makes one tensor of one tensor. */
public sealed interface UnaryLayer extends LayerConfig
        permits Activation,
                ActivityRegularization,
                AdaptivePooling,
                AlphaDropout,
                BatchNormalization,
                CategoryEncoding,
                CenterCrop,
                Convolution,
                Cropping,
                Dense,
                DepthwiseConvolution,
                Discretization,
                Dropout,
                ELU,
                EinsumDense,
                Embedding,
                Flatten,
                GaussianDropout,
                GaussianNoise,
                GlobalPooling,
                GroupNormalization,
                Identity,
                IntegerLookup,
                LayerNormalization,
                LeakyReLU,
                Masking,
                Normalization,
                PReLU,
                Permute,
                Pooling,
                RMSNormalization,
                RandomAugmentation,
                ReLU,
                RepeatVector,
                Rescaling,
                Reshape,
                Resizing,
                SeparableConvolution,
                Softmax,
                SpatialDropout,
                SpectralNormalization,
                ThresholdedReLU,
                TimeDistributed,
                TransposedConvolution,
                UnitNormalization,
                UpSampling,
                ZeroPadding {
    /**
     * The shape of the output for an input of this shape.
     *
     * @param input with its batch axis
     * @throws IllegalArgumentException if the layer does not take an input of this shape
     */
    Shape outputShape(Shape input);

    /**
     * The weights the layer has when built for an input of this shape, in Keras's order; most layers have none.
     *
     * @param input with its batch axis
     * @throws IllegalArgumentException if the layer cannot be built for an input of this shape
     */
    default List<WeightSpec> weights(Shape input) {
        return List.of();
    }

    @Override
    default List<Shape> outputShapes(List<Shape> inputs) {
        return List.of(outputShape(single(inputs)));
    }

    @Override
    default List<WeightSpec> weights(List<Shape> inputs) {
        return weights(single(inputs));
    }

    private static Shape single(List<Shape> inputs) {
        if (inputs.size() != 1) {
            throw new IllegalArgumentException("the layer takes one input; received " + inputs.size());
        }
        return inputs.get(0);
    }
}
