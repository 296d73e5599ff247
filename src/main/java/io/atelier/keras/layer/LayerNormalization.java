package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code gamma * (x - mean) / sqrt(variance + epsilon) + beta}, with mean and variance of each example over some axes.
 *
 * <p>Weights, each with the sizes of the axes in ascending order of {@code axes}: gamma if {@code scale} or
 * {@code rmsScaling}, beta if {@code center} and not {@code rmsScaling}. Source:
 * keras/src/layers/normalization/layer_normalization.py.
 *
 * @param axes over which mean and variance go, as written, in ascending order; the last by default
 * @param epsilon added to the variance; 0.001 by default
 * @param center whether beta is added; true by default
 * @param scale whether gamma multiplies; true by default
 * @param rmsScaling whether the mean is not taken off: {@code gamma * x / sqrt(variance + epsilon)}; false by default
 */
public record LayerNormalization(List<Integer> axes, double epsilon, boolean center, boolean scale, boolean rmsScaling)
        implements UnaryLayer {
    public LayerNormalization {
        axes = Require.axes(axes);
        Require.atLeastZero("epsilon", epsilon);
    }

    @Override
    public String className() {
        return "LayerNormalization";
    }

    /** Whether there is a weight that multiplies. */
    public boolean hasGamma() {
        return scale || rmsScaling;
    }

    /** Whether there is a weight that is added. */
    public boolean hasBeta() {
        return center && !rmsScaling;
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.notBatch(axes, input);
        return input;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        int[] sizes =
                axes.stream().mapToInt(axis -> Require.knownAxis(input, axis)).toArray();
        List<WeightSpec> weights = new ArrayList<>();
        if (hasGamma()) {
            weights.add(WeightSpec.trainable("gamma", sizes));
        }
        if (hasBeta()) {
            weights.add(WeightSpec.trainable("beta", sizes));
        }
        return weights;
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.PASSES;
    }
}
