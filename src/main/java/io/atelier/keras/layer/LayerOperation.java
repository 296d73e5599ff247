package io.atelier.keras.layer;

import java.util.List;

/**
 * An operation that computes what a layer without weights does, but for masks: {@code a + b} of two tensors is Add.
 *
 * <p>Shapes: those of the layer, of inputs that have as many axes each; numpy would add axes elsewhere than Keras.
 *
 * @param layer that computes the same
 * @param isOfEachStep whether it stands for the layer in a model within a TimeDistributed, where masks would count
 */
public record LayerOperation(LayerConfig layer, boolean isOfEachStep) implements Operation {
    @Override
    public String className() {
        return layer.className();
    }

    @Override
    public MaskUse maskUse() {
        return isOfEachStep ? MaskUse.USES : MaskUse.DROPS;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.stream().map(Shape::rank).distinct().count() > 1) {
            throw new UnsupportedInputException(
                    "the operation is supported for tensors of as many axes each; received shapes " + inputs
                            + ". Use a layer of keras.layers instead");
        }
        return layer.outputShapes(inputs).get(0);
    }
}
