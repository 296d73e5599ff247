package io.atelier.dl4j;

import io.atelier.engine.Engine;
import io.atelier.engine.EngineProvider;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Problem;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import java.util.List;
import java.util.Optional;

/** Makes {@link Dl4jEngine}s. */
public final class Dl4jEngineProvider implements EngineProvider {
    @Override
    public Engine kind() {
        return Engine.DL4J;
    }

    @Override
    public List<Problem> refusals(KerasModel model) {
        return Dl4jImporter.refusals(model);
    }

    @Override
    public Optional<String> refusal(LayerConfig layer) {
        return layer instanceof InputLayer ? Optional.empty() : Lowerings.refusal(layer);
    }

    @Override
    public InferenceEngine open(KerasModel model) {
        return new Dl4jEngine(model);
    }
}
