package io.atelier.keras.layer;

/**
 * Applies a function to every value; softmax works along the last axis.
 *
 * @param function what is applied
 */
public record Activation(ActivationOption function) implements UnaryLayer {
    @Override
    public String className() {
        return "Activation";
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
