package io.atelier.keras.layer;

import java.util.List;

/**
 * {@code scale * x / sqrt(mean(x²) + epsilon)}, with the mean of each example over some axes.
 *
 * <p>Weight: scale, with the sizes of the axes; it is broadcast from the last axis on, whatever the axes are. Source:
 * keras/src/layers/normalization/rms_normalization.py.
 *
 * @param axes over which the mean goes, as written, in ascending order; the last by default
 * @param epsilon added to the mean; 0.000001 by default
 */
public record RMSNormalization(List<Integer> axes, double epsilon) implements UnaryLayer {
    public RMSNormalization {
        axes = Require.axes(axes);
        Require.atLeastZero("epsilon", epsilon);
    }

    @Override
    public String className() {
        return "RMSNormalization";
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
        return List.of(WeightSpec.trainable("scale", sizes));
    }
}
