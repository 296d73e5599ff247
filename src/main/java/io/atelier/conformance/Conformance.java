package io.atelier.conformance;

import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The comparison of an engine with Keras: every layer and every output of a reference. */
public final class Conformance {
    /** Few enough rows that all activations of a large model fit in memory. */
    private static final int MAX_BATCH = 64;

    private final InferenceEngine engine;
    private final KerasModel model;
    private final Reference reference;
    private final Tolerance tolerance;
    private final boolean hasFixedBatch;

    private Conformance(InferenceEngine engine, Reference reference, Tolerance tolerance) {
        this.engine = engine;
        this.model = engine.model();
        this.reference = reference;
        this.tolerance = tolerance;
        checkFits();
        this.hasFixedBatch = model.inputShapes().stream().anyMatch(shape -> shape.size(0) != Shape.UNKNOWN);
    }

    /**
     * Compares with {@linkplain Tolerance#standard() the standard tolerance}.
     *
     * @throws InvalidReferenceException if the reference was written for another model
     */
    public static ConformanceReport check(InferenceEngine engine, Reference reference) {
        return check(engine, reference, Tolerance.standard());
    }

    /**
     * Runs the engine on the reference's inputs and compares what it gives with what Keras gave.
     *
     * @throws InvalidReferenceException if the reference was written for another model
     */
    public static ConformanceReport check(InferenceEngine engine, Reference reference, Tolerance tolerance) {
        return new Conformance(engine, reference, tolerance).report();
    }

    private ConformanceReport report() {
        ReferenceLayers layers = new ReferenceLayers(model, reference);
        ArgmaxCounter argmax = new ArgmaxCounter();
        ModelOrigin origin = model.origin();
        return new ConformanceReport(
                origin.source(),
                origin.format().id(),
                origin.kerasVersion(),
                engine.kind().id(),
                tolerance,
                reference.rows(),
                compareLayers(layers),
                compareOutputs(argmax),
                layers.notCompared(),
                argmax.agreement(),
                argmax.accuracy());
    }

    private void checkFits() {
        List<Shape> shapes = model.inputShapes();
        if (shapes.size() != reference.inputs().size()
                || model.outputs().size() != reference.outputs().size()) {
            throw new InvalidReferenceException(
                    reference.source(),
                    "the model takes " + shapes.size()
                            + " inputs and gives " + model.outputs().size() + " outputs; the reference has "
                            + reference.inputs().size() + " and "
                            + reference.outputs().size()
                            + "; was it written for another model?");
        }
        for (int i = 0; i < shapes.size(); i++) {
            Shape received = reference.inputs().get(i).shape();
            if (!shapes.get(i).accepts(received)) {
                throw InvalidReferenceException.ofEntry(
                        reference.source(),
                        "inputs/" + i,
                        "expected shape " + shapes.get(i) + "; received " + received
                                + "; was the reference written for another model?");
            }
        }
    }

    private List<TensorComparison> compareLayers(ReferenceLayers layers) {
        Map<TensorRef, TensorComparer> comparers = new LinkedHashMap<>();
        int rows = 0;
        for (Map.Entry<TensorRef, Tensor> entry : layers.expected().entrySet()) {
            Tensor keras = entry.getValue();
            comparers.put(entry.getKey(), comparer(layers.name(entry.getKey()), entry.getKey(), keras));
            rows = Math.max(rows, keras.shape().size(0));
        }
        for (int from = 0; from < rows; ) {
            int to = batchEnd(from, rows);
            Map<TensorRef, Tensor> activations = engine.activations(inputs(from, to));
            int fed = to - from;
            comparers.forEach((tensor, comparer) -> comparer.add(activations.get(tensor), fed));
            from = to;
        }
        return results(comparers.values());
    }

    /** Where a batch ends of which no more than {@code rows} rows are needed; a fixed one is all or nothing. */
    private int batchEnd(int from, int rows) {
        return hasFixedBatch ? reference.rows() : Math.min(from + MAX_BATCH, rows);
    }

    private List<TensorComparison> compareOutputs(ArgmaxCounter argmax) {
        List<TensorComparer> comparers = new ArrayList<>();
        for (int i = 0; i < model.outputs().size(); i++) {
            comparers.add(comparer(
                    "outputs/" + i, model.outputs().get(i), reference.outputs().get(i)));
        }
        for (int from = 0; from < reference.rows(); ) {
            int to = batchEnd(from, reference.rows());
            List<Tensor> outputs = engine.predict(inputs(from, to));
            for (int i = 0; i < comparers.size(); i++) {
                comparers.get(i).add(outputs.get(i), to - from);
                count(argmax, i, outputs.get(i), from, to);
            }
            from = to;
        }
        return results(comparers);
    }

    private void count(ArgmaxCounter argmax, int output, Tensor ours, int from, int to) {
        Tensor keras = reference.outputs().get(output).rows(from, to);
        if (ArgmaxCounter.isScores(keras) && ours.shape().equals(keras.shape())) {
            List<Integer> labels = output == 0
                    ? reference.labels().map(all -> all.subList(from, to)).orElse(List.of())
                    : List.of();
            argmax.add(ours, keras, labels);
        }
    }

    private TensorComparer comparer(String name, TensorRef tensor, Tensor keras) {
        return new TensorComparer(name, model.layer(tensor.layer()).className(), keras);
    }

    private List<Tensor> inputs(int from, int to) {
        return reference.inputs().stream().map(input -> input.rows(from, to)).toList();
    }

    private List<TensorComparison> results(Iterable<TensorComparer> comparers) {
        List<TensorComparison> results = new ArrayList<>();
        comparers.forEach(comparer -> results.add(comparer.result(tolerance)));
        return results;
    }
}
