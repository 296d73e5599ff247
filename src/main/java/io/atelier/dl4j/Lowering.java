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
     * The layers, each taking the output of the one before; the last one's output is the Keras layer's.
     *
     * @param input the shape of the layer's input, with its batch axis
     */
    List<Lowered> lower(C config, Shape input);
}
