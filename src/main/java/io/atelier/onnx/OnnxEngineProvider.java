package io.atelier.onnx;

import io.atelier.engine.Engine;
import io.atelier.engine.EngineProvider;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Problem;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import java.util.List;
import java.util.Optional;

/** Makes {@link OnnxEngine}s. */
public final class OnnxEngineProvider implements EngineProvider {
    @Override
    public Engine kind() {
        return Engine.ONNX;
    }

    @Override
    public List<Problem> refusals(KerasModel model) {
        return OnnxExporter.refusals(model);
    }

    @Override
    public Optional<String> refusal(LayerConfig layer) {
        return layer instanceof InputLayer ? Optional.empty() : OnnxExporter.refusal(layer);
    }

    /** Takes a smallest model all the way to its first batch. */
    @Override
    public void prepare() {
        SmallestModel.run();
    }

    @Override
    public InferenceEngine open(KerasModel model) {
        return OnnxEngine.open(model, OnnxOptions.defaults());
    }

    /** Without threads of ONNX Runtime's own: they spin while they wait, and take the cores from those that call. */
    @Override
    public InferenceEngine openShared(KerasModel model) {
        return OnnxEngine.open(model, OnnxOptions.defaults().withIntraOpThreads(1));
    }
}
