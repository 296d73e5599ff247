package io.atelier.keras.layer;

/**
 * Masks the steps in which every value is the mask value, and sets their values to 0.
 *
 * <p>Shapes: input and output {@code (batch, steps, features)}, mask {@code (batch, steps)}.
 *
 * @param maskValue 0 by default
 */
public record Masking(double maskValue) implements UnaryLayer {
    @Override
    public String className() {
        return "Masking";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rankAtLeast(2, input);
        return input;
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.MAKES;
    }
}
