package io.atelier.keras.layer;

/**
 * Adds to the loss while training, and does nothing in inference.
 *
 * @param l1 weight of the sum of absolute values; 0 by default
 * @param l2 weight of the sum of squares; 0 by default
 */
public record ActivityRegularization(double l1, double l2) implements UnaryLayer {
    @Override
    public String className() {
        return "ActivityRegularization";
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
