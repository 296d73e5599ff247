package io.atelier.onnx;

import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.engine.InputCheck;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.onnx.proto.ModelProto;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Runs a Keras model on ONNX Runtime.
 *
 * <p>Safe for use by many threads, which run at the same time. {@link #close()} waits for the batches that are being
 * computed. A second session, which gives every layer's output, is made when {@link #activations} is first called.
 */
public final class OnnxEngine implements InferenceEngine {
    private final KerasModel model;
    private final OnnxOptions options;
    private final InputCheck inputCheck;
    private final Session session;
    private final BatchPieces pieces;
    /** Many may compute while none closes. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private Optional<Session> everyLayer = Optional.empty();
    private boolean isClosed;

    private OnnxEngine(KerasModel model, ModelProto compiled, OnnxOptions options) {
        this.model = model;
        this.options = options;
        this.inputCheck = new InputCheck(model);
        this.session = new Session(compiled, options);
        // A graphics card is kept busy by large batches.
        this.pieces = options.cudaDevice().isPresent() ? BatchPieces.whole() : BatchPieces.of(model);
    }

    /**
     * Exports a model to ONNX and compiles it.
     *
     * @throws io.atelier.keras.UnsupportedModelException if the model has something this engine does not handle
     * @throws IllegalStateException if ONNX Runtime does not take the options: it has no such graphics card
     */
    public static OnnxEngine open(KerasModel model, OnnxOptions options) {
        ModelProto exported = OnnxExporter.export(model, OnnxExporter.outputs(model));
        return new OnnxEngine(model, GraphOptimizer.optimize(exported), options);
    }

    /** An engine that runs an ONNX model that was made of this Keras model. */
    static OnnxEngine ofProto(KerasModel model, ModelProto exported) {
        return new OnnxEngine(model, exported, OnnxOptions.defaults());
    }

    @Override
    public KerasModel model() {
        return model;
    }

    @Override
    public Engine kind() {
        return Engine.ONNX;
    }

    @Override
    public List<Tensor> predict(List<Tensor> inputs) {
        inputCheck.check(inputs);
        return whileOpen(() -> pieces.run(inputs, session::run));
    }

    @Override
    public Map<TensorRef, Tensor> activations(List<Tensor> inputs) {
        inputCheck.check(inputs);
        return whileOpen(() -> {
            List<Tensor> outputs = everyLayer().run(inputs);
            Map<TensorRef, Tensor> activations = new LinkedHashMap<>();
            int index = 0;
            for (TensorRef ref : tensors().values()) {
                activations.put(ref, outputs.get(index++));
            }
            return Collections.unmodifiableMap(activations);
        });
    }

    private synchronized Session everyLayer() {
        Session made = everyLayer.orElseGet(() -> new Session(OnnxExporter.export(model, tensors()), options));
        everyLayer = Optional.of(made);
        return made;
    }

    /** Every tensor of the Keras graph, under the name that the second session has for it. */
    private Map<String, TensorRef> tensors() {
        Map<String, TensorRef> tensors = new LinkedHashMap<>();
        model.tensors().forEach(ref -> tensors.put("tensor_" + tensors.size(), ref));
        return tensors;
    }

    private <T> T whileOpen(Supplier<T> computation) {
        lock.readLock().lock();
        try {
            if (isClosed) {
                throw new IllegalStateException("the engine is closed");
            }
            return computation.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!isClosed) {
                isClosed = true;
                session.close();
                everyLayer.ifPresent(Session::close);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
