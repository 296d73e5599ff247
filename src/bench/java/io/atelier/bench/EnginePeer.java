package io.atelier.bench;

import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.Tensor;
import io.atelier.keras.io.KerasReader;
import io.atelier.keras.layer.Shape;
import io.atelier.onnx.OnnxEngine;
import io.atelier.onnx.OnnxOptions;
import io.atelier.train.Loss;
import io.atelier.train.Optimizer;
import io.atelier.train.Trainer;
import java.util.List;
import java.util.concurrent.Callable;

/** One of Atelier's engines. */
final class EnginePeer implements Peer {
    private final InferenceEngine engine;

    private EnginePeer(InferenceEngine engine) {
        this.engine = engine;
    }

    /** {@code threads}: 0 leaves it to ONNX Runtime. */
    static EnginePeer onnx(ModelFolder folder, int threads) {
        return new EnginePeer(openOnnx(folder, threads));
    }

    static EnginePeer dl4j(ModelFolder folder) {
        return new EnginePeer(Engine.DL4J.open(KerasReader.read(folder.keras())));
    }

    static InferenceEngine openOnnx(ModelFolder folder, int threads) {
        OnnxOptions options = OnnxOptions.defaults().withIntraOpThreads(threads);
        return OnnxEngine.open(KerasReader.read(folder.keras()), options);
    }

    @Override
    public Callable<?> prediction(Batch batch) {
        List<Tensor> inputs = List.of(Tensor.of(Shape.of(batch.shape()), batch.values()));
        return () -> engine.predict(inputs);
    }

    @Override
    public float[] probabilities(Object result) {
        return ((Tensor) ((List<?>) result).get(0)).toArray();
    }

    @Override
    public Callable<?> trainingStep(Batch batch) {
        if (engine.kind() != Engine.DL4J) {
            throw new UnsupportedOperationException("engine " + engine.kind().id() + " does not train");
        }
        Trainer trainer = new Trainer(
                engine.model(), Optimizer.adam(1e-3), Loss.of(Loss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY));
        int[] labels = batch.labels();
        return () -> trainer.step(batch.values(), labels, new float[0], 1);
    }
}
