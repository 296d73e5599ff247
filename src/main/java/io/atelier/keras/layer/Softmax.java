package io.atelier.keras.layer;

import java.util.List;

/**
 * {@code exp(x) / sum(exp(x))}, summed over the given axes.
 *
 * @param axes at least one, negative ones counted from the back; the last by default
 */
public record Softmax(List<Integer> axes) implements ActivationOption, UnaryLayer {
    public Softmax {
        axes = List.copyOf(axes);
        if (axes.isEmpty()) {
            throw new IllegalArgumentException("axis must name at least one axis; received ()");
        }
    }

    @Override
    public String className() {
        return "Softmax";
    }

    @Override
    public Shape outputShape(Shape input) {
        axes.forEach(input::axisIndex);
        return input;
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.USES;
    }
}
