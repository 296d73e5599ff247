package io.atelier.keras.layer;

/**
 * {@code x} if positive, else {@code alpha * (exp(x) - 1)}.
 *
 * @param alpha 1 by default
 */
public record ELU(double alpha) implements ActivationOption, UnaryLayer {
    @Override
    public String className() {
        return "ELU";
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.PASSES;
    }
}
