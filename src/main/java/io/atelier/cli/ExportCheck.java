package io.atelier.cli;

import io.atelier.conformance.Conformance;
import io.atelier.conformance.ConformanceReport;
import io.atelier.conformance.Reference;
import io.atelier.conformance.TensorComparison;
import io.atelier.conformance.Verdict;
import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import io.atelier.keras.ModelMismatchException;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Compares what was exported with the model: on random inputs, and with what Keras computed if that is known. */
final class ExportCheck implements Consumer<InferenceEngine> {
    private final Optional<Reference> reference;
    private final Map<String, Double> differences = new LinkedHashMap<>();

    ExportCheck(Optional<Reference> reference) {
        this.reference = reference;
    }

    /** The largest absolute differences, by what was compared with. */
    Map<String, Double> differences() {
        return differences;
    }

    /**
     * Compares; see {@link #differences()} afterwards.
     *
     * @throws ModelMismatchException if something differs by more than the standard tolerance
     */
    @Override
    public void accept(InferenceEngine exported) {
        KerasModel model = exported.model();
        if (Engine.DL4J.refusals(model).isEmpty()) {
            try (InferenceEngine other = Engine.DL4J.open(model)) {
                compareOnRandomInputs(exported, "Deeplearning4j", other::predict);
            }
        } else {
            compareOnRandomInputs(exported, "the graph layer by layer", inputs -> layerByLayer(exported, inputs));
        }
        reference.ifPresent(expected -> compare(exported, "Keras (" + expected.source() + ")", expected));
    }

    /** What engines that stop at every layer make of the outputs: nothing is optimised across layers. */
    private static List<Tensor> layerByLayer(InferenceEngine exported, List<Tensor> inputs) {
        Map<TensorRef, Tensor> activations = exported.activations(inputs);
        return exported.model().outputs().stream().map(activations::get).toList();
    }

    private void compareOnRandomInputs(
            InferenceEngine exported, String name, Function<List<Tensor>, List<Tensor>> expected) {
        List<List<Tensor>> batches = RandomBatches.of(exported.model());
        String source = name + " on " + batches.size() + " random batches";
        for (List<Tensor> inputs : batches) {
            compare(
                    exported,
                    source,
                    new Reference(source, inputs, expected.apply(inputs), Map.of(), Optional.empty()));
        }
    }

    private void compare(InferenceEngine exported, String name, Reference expected) {
        ConformanceReport report = Conformance.check(exported, expected);
        if (report.verdict() != Verdict.PASS) {
            throw new ModelMismatchException(
                    exported.model().origin().source(),
                    "what was exported differs from " + name + ", and was not written:\n" + report.toText());
        }
        double largest = report.outputs().stream()
                .mapToDouble(TensorComparison::maxAbs)
                .max()
                .orElseThrow();
        differences.merge(name, largest, Math::max);
    }
}
