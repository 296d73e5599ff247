package io.atelier.dl4j;

import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.engine.InputCheck;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs a Keras model on Deeplearning4j.
 *
 * <p>Safe for use by many threads: one thread of the engine's own runs the network, one batch after the other, because
 * a network is not thread-safe and because ND4J keeps memory for every thread that ever ran one. {@link #close()} waits
 * for the batches that are being computed and ends that thread.
 */
public final class Dl4jEngine implements InferenceEngine {
    private final Dl4jModel imported;
    private final InputCheck inputCheck;
    private final NetworkThread thread;

    /**
     * Imports a model.
     *
     * @throws io.atelier.keras.UnsupportedModelException if the model has something this engine does not handle
     * @throws io.atelier.keras.ModelMismatchException if the network differs from Keras's shapes or parameter counts
     */
    public Dl4jEngine(KerasModel model) {
        this(Dl4jImporter.importModel(model));
    }

    /** Takes an imported model over: it is closed with the engine, and must not be used elsewhere meanwhile. */
    public Dl4jEngine(Dl4jModel imported) {
        this.imported = imported;
        this.inputCheck = new InputCheck(imported.model());
        this.thread = new NetworkThread("atelier-dl4j-" + imported.model().name(), imported::close);
    }

    @Override
    public KerasModel model() {
        return imported.model();
    }

    @Override
    public Engine kind() {
        return Engine.DL4J;
    }

    /** What the network really computes beside what Keras says. */
    public ImportCheck check() {
        return imported.check();
    }

    @Override
    public List<Tensor> predict(List<Tensor> inputs) {
        inputCheck.check(inputs);
        return thread.call(() -> run(inputs, natives -> {
            List<INDArray> outputs = imported.outputs(natives);
            try {
                return outputs.stream().map(Tensors::toTensor).toList();
            } finally {
                Tensors.free(outputs);
            }
        }));
    }

    @Override
    public Map<TensorRef, Tensor> activations(List<Tensor> inputs) {
        inputCheck.check(inputs);
        Map<TensorRef, Tensor> activations = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            activations.put(model().inputs().get(i), inputs.get(i));
        }
        activations.putAll(thread.call(() -> run(inputs, natives -> {
            Map<TensorRef, INDArray> outputs = imported.activations(natives);
            try {
                Map<TensorRef, Tensor> tensors = new LinkedHashMap<>();
                outputs.forEach((ref, array) -> tensors.put(ref, Tensors.toTensor(array)));
                return tensors;
            } finally {
                Tensors.free(outputs.values());
            }
        })));
        return Collections.unmodifiableMap(activations);
    }

    @Override
    public void close() {
        thread.close();
    }

    private static <T> T run(List<Tensor> inputs, Function<List<INDArray>, T> computation) {
        List<INDArray> natives = new ArrayList<>();
        try {
            inputs.forEach(input -> natives.add(Tensors.toNative(input)));
            return computation.apply(natives);
        } finally {
            Tensors.free(natives);
        }
    }
}
