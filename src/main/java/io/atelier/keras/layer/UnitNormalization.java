package io.atelier.keras.layer;

import java.util.List;

/**
 * {@code x / max(norm, smallestNorm)}, with the Euclidean norm of each example over some axes.
 *
 * @param axes over which the norm goes; the last by default
 * @param smallestNorm 1e-12 in Keras 3, 1e-6 in Keras 2
 */
public record UnitNormalization(List<Integer> axes, double smallestNorm) implements UnaryLayer {
    public UnitNormalization {
        axes = Require.axes(axes);
    }

    @Override
    public String className() {
        return "UnitNormalization";
    }

    @Override
    public Shape outputShape(Shape input) {
        axes.forEach(input::axisIndex);
        return input;
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.PASSES;
    }
}
