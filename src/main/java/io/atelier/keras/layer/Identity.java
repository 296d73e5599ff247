package io.atelier.keras.layer;

/** Gives what it takes. */
public record Identity() implements UnaryLayer {
    @Override
    public String className() {
        return "Identity";
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
