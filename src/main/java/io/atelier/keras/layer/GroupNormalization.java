package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code gamma * (x - mean) / sqrt(variance + epsilon) + beta}, with mean and variance of each example over all axes and a
 * group of neighbouring channels.
 *
 * <p>Weights, each {@code (size of the axis)}: gamma if {@code scale}, beta if {@code center}. Source:
 * keras/src/layers/normalization/group_normalization.py.
 *
 * @param groups into how many the channels are divided, -1 for one a channel; 32 by default
 * @param axis of the channels; -1 by default
 * @param epsilon added to the variance; 0.001 by default
 * @param center whether beta is added; true by default
 * @param scale whether gamma multiplies; true by default
 */
public record GroupNormalization(int groups, int axis, double epsilon, boolean center, boolean scale)
        implements UnaryLayer {
    public GroupNormalization {
        if (groups != -1) {
            Require.positive("groups", groups);
        }
        Require.atLeastZero("epsilon", epsilon);
    }

    /** The number of groups of an input with so many channels. */
    public int groupsOf(int channels) {
        return groups == -1 ? channels : groups;
    }

    @Override
    public String className() {
        return "GroupNormalization";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.notBatch(List.of(axis), input);
        int channels = Require.knownAxis(input, axis);
        if (channels % groupsOf(channels) != 0) {
            throw new IllegalArgumentException("the size of axis " + axis + " must be a multiple of groups=" + groups
                    + "; received an input of shape " + input);
        }
        return input;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        int channels = Require.knownAxis(input, axis);
        List<WeightSpec> weights = new ArrayList<>();
        if (scale) {
            weights.add(WeightSpec.trainable("gamma", channels));
        }
        if (center) {
            weights.add(WeightSpec.trainable("beta", channels));
        }
        return weights;
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.PASSES;
    }
}
