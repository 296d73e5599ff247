package io.atelier.dl4j;

import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Shape;
import java.util.List;
import java.util.Optional;

/**
 * How one kind of Keras layer becomes Deeplearning4j layers.
 *
 * @param <C> the layer's config
 */
interface Lowering<C extends LayerConfig> {
    /** Why the layer cannot be lowered: what was expected and received; empty if it can. */
    default Optional<String> refusal(C config) {
        return Optional.empty();
    }

    /**
     * The layers, of which the first takes the Keras layer's inputs, and each other the output of the one before; the
     * last one's output is the Keras layer's.
     *
     * @param inputs the shapes of the layer's inputs, with their batch axis
     */
    List<Lowered> lower(C config, List<Shape> inputs);

    /**
     * A lowering of a layer that makes one tensor of one.
     *
     * @param <C> the layer's config
     */
    @FunctionalInterface
    interface Unary<C extends LayerConfig> extends Lowering<C> {
        /** The layers for an input of this shape. */
        List<Lowered> lower(C config, Shape input);

        @Override
        default List<Lowered> lower(C config, List<Shape> inputs) {
            return lower(config, inputs.get(0));
        }
    }
}
