package io.atelier.onnx;

import io.atelier.engine.Engine;
import io.atelier.engine.EngineProvider;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Problem;
import java.util.List;

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

    /** Takes a smallest model all the way to its first batch. */
    @Override
    public void prepare() {
        SmallestModel.run();
    }

    @Override
    public InferenceEngine open(KerasModel model) {
        return OnnxEngine.open(model, OnnxOptions.defaults());
    }
}
