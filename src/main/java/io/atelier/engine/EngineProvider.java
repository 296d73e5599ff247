package io.atelier.engine;

import io.atelier.keras.KerasModel;
import io.atelier.keras.Problem;
import io.atelier.keras.layer.LayerConfig;
import java.util.List;
import java.util.Optional;

/**
 * Makes engines of one kind; found through {@link java.util.ServiceLoader}, so that a program only loads the engine it
 * uses.
 */
public interface EngineProvider {
    /** The kind of engine this makes. */
    Engine kind();

    /** What of a model this engine does not handle; empty if it handles all of it. No work is done. */
    List<Problem> refusals(KerasModel model);

    /** Why this engine does not handle a layer, whatever it takes; empty if it does. */
    Optional<String> refusal(LayerConfig layer);

    /** Loads the engine's classes and native libraries, in this thread; what goes wrong is told by {@link #open}. */
    default void prepare() {}

    /**
     * Lowers a model into a running engine.
     *
     * @throws io.atelier.keras.UnsupportedModelException if {@link #refusals} is not empty
     */
    InferenceEngine open(KerasModel model);

    /**
     * Lowers a model into an engine that many threads call at once; as {@link #open} where that makes no difference.
     *
     * @throws io.atelier.keras.UnsupportedModelException if {@link #refusals} is not empty
     */
    default InferenceEngine openShared(KerasModel model) {
        return open(model);
    }
}
