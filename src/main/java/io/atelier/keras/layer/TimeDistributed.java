package io.atelier.keras.layer;

import java.util.List;

/**
 * Applies a layer to every step of a sequence, each on its own.
 *
 * <p>Shapes: input {@code (batch, time, …)}; the layer takes {@code (batch, …)}. Its weights keep their names. Source:
 * keras/src/layers/rnn/time_distributed.py.
 *
 * @param layer what is applied; it takes one tensor and gives one
 */
public record TimeDistributed(LayerConfig layer) implements UnaryLayer {
    @Override
    public String className() {
        return "TimeDistributed";
    }

    /** The shape of one step of an input. */
    public static Shape step(Shape input) {
        Require.rankAtLeast(3, input);
        return Shape.of(input.size(0)).append(input.slice(2, input.rank()).toArray());
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.USES;
    }

    @Override
    public Shape outputShape(Shape input) {
        List<Shape> outputs = layer.outputShapes(List.of(step(input)));
        if (outputs.size() != 1) {
            throw new IllegalArgumentException(
                    "the wrapped layer must give one tensor; received " + outputs.size() + " of " + layer.className());
        }
        Shape output = outputs.get(0);
        return Shape.of(output.size(0), input.size(1))
                .append(output.slice(1, output.rank()).toArray());
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        return layer.weights(List.of(step(input)));
    }
}
