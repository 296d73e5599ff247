package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code gamma * (x - movingMean) / sqrt(movingVariance + epsilon) + beta} in inference, for each index of one axis.
 *
 * <p>Weights, each {@code (size of the axis)}: gamma if {@code scale}, beta if {@code center}, moving_mean,
 * moving_variance. Source: keras/src/layers/normalization/batch_normalization.py.
 *
 * @param axis the axis that is kept, the channels; -1 by default
 * @param momentum how much of the old moving statistics a training step keeps; 0.99 by default
 * @param epsilon added to the variance; 0.001 by default
 * @param center whether beta is added; true by default
 * @param scale whether gamma multiplies; true by default
 */
public record BatchNormalization(int axis, double momentum, double epsilon, boolean center, boolean scale)
        implements UnaryLayer {
    public BatchNormalization {
        Require.atLeastZero("epsilon", epsilon);
    }

    @Override
    public String className() {
        return "BatchNormalization";
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.axisIndex(axis) == 0) {
            throw new IllegalArgumentException(
                    "axis must not be the batch axis; received " + axis + " for an input of shape " + input);
        }
        return input;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        int size = Require.knownAxis(input, axis);
        List<WeightSpec> weights = new ArrayList<>();
        if (scale) {
            weights.add(WeightSpec.trainable("gamma", size));
        }
        if (center) {
            weights.add(WeightSpec.trainable("beta", size));
        }
        weights.add(WeightSpec.fixed("moving_mean", size));
        weights.add(WeightSpec.fixed("moving_variance", size));
        return weights;
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.PASSES;
    }
}
