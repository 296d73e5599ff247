package io.atelier.conformance;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What came of comparing an engine with Keras.
 *
 * @param file that the model was read from
 * @param format of that file: {@code keras}
 * @param kerasVersion that wrote the file; empty where it does not say
 * @param engine that ran the model: {@code dl4j}
 * @param tolerance that was applied to every tensor
 * @param rows of the reference's batch
 * @param layers each compared call of a layer, in the model's order; empty if the reference holds outputs only
 * @param outputs each output of the model, in its order
 * @param notCompared the calls of layers, InputLayers excepted, that a reference with layers says nothing of, and the
 *     nested models whose layers stand for them
 * @param argmaxAgreement the share of rows whose largest score is where Keras has it, over all outputs of shape
 *     {@code (rows, classes)}; empty if there is none
 * @param accuracy against the labels, of output 0; empty without labels or if that output is not of classes
 */
public record ConformanceReport(
        String file,
        String format,
        Optional<String> kerasVersion,
        String engine,
        Tolerance tolerance,
        int rows,
        List<TensorComparison> layers,
        List<TensorComparison> outputs,
        List<String> notCompared,
        OptionalDouble argmaxAgreement,
        Optional<Accuracy> accuracy) {
    public ConformanceReport {
        layers = List.copyOf(layers);
        outputs = List.copyOf(outputs);
        notCompared = List.copyOf(notCompared);
    }

    /**
     * The share of rows whose largest score is where the label says.
     *
     * @param ours the engine's
     * @param keras Keras's own on the same rows
     */
    public record Accuracy(double ours, double keras) {}

    /** Passes if every compared tensor does. */
    public Verdict verdict() {
        return Verdict.of(failures().isEmpty());
    }

    /** Every compared tensor, the layers before the outputs. */
    public List<TensorComparison> comparisons() {
        return Stream.concat(layers.stream(), outputs.stream()).toList();
    }

    /** The tensors that differ by more than the tolerance; the first of them is where to look. */
    public List<TensorComparison> failures() {
        return comparisons().stream()
                .filter(comparison -> comparison.verdict() == Verdict.FAIL)
                .toList();
    }

    /** A table for people, at most 100 columns wide. */
    public String toText() {
        return new ReportText(this).toString();
    }

    /**
     * A JSON object for programs: {@code file}, {@code format}, {@code kerasVersion}, {@code engine}, {@code verdict},
     * {@code layers}, {@code outputs} and {@code argmaxAgreement}; a difference that is no finite number is {@code null}.
     */
    public String toJson() {
        return ReportJson.write(this);
    }
}
