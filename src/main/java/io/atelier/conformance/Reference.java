package io.atelier.conformance;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Keras computed: a batch of inputs, the outputs for it, and what the layers in between gave.
 *
 * <p>In a file these are the arrays of a {@code .npz}: {@code inputs/0}, {@code inputs/1}, … and {@code outputs/0}, … in
 * the model's order; {@code layers/<layer name>}, for a layer that is called several times
 * {@code layers/<name>@<index of the call>}, inside a nested model {@code layers/<outer>/<inner>}, for a call that gives
 * several tensors followed by {@code :<index of the tensor>}; and perhaps {@code labels}. Immutable and thread-safe.
 *
 * @param source what it was read from, named in exceptions
 * @param inputs at least one, all with the same number of rows
 * @param outputs at least one, with as many rows as the inputs
 * @param layers by name, without {@code layers/}; each holds the first rows of the batch, as many as its own first axis
 *     says; empty if only outputs are to be compared
 * @param labels the class of each row; empty if there are none
 */
public record Reference(
        String source,
        List<Tensor> inputs,
        List<Tensor> outputs,
        Map<String, Tensor> layers,
        Optional<List<Integer>> labels) {
    /**
     * Puts a reference together and checks it.
     *
     * @throws InvalidReferenceException if the parts do not fit together
     */
    public Reference {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
        labels = labels.map(List::copyOf);
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw new InvalidReferenceException(
                    source,
                    "expected at least one input and one output; received "
                            + inputs.size() + " and " + outputs.size()
                            + "; write entries 'inputs/0', … and 'outputs/0', …");
        }
        Shape first = inputs.get(0).shape();
        if (first.rank() == 0 || first.size(0) == 0) {
            throw InvalidReferenceException.ofEntry(
                    source, "inputs/0", "expected a batch of at least one row; received shape " + first);
        }
        int rows = first.size(0);
        checkRows(source, "inputs", inputs, rows);
        checkRows(source, "outputs", outputs, rows);
        layers.forEach((name, tensor) -> {
            Shape shape = tensor.shape();
            if (shape.rank() == 0 || shape.size(0) < 1 || shape.size(0) > rows) {
                throw InvalidReferenceException.ofEntry(
                        source,
                        "layers/" + name,
                        "expected from 1 to " + rows + " rows, as many as the batch has at most; received shape "
                                + shape);
            }
        });
        if (labels.isPresent() && labels.get().size() != rows) {
            throw InvalidReferenceException.ofEntry(
                    source,
                    "labels",
                    "expected " + rows + " labels, one for each row of the inputs; received "
                            + labels.get().size());
        }
    }

    private static void checkRows(String source, String kind, List<Tensor> tensors, int rows) {
        for (int i = 0; i < tensors.size(); i++) {
            Shape shape = tensors.get(i).shape();
            if (shape.rank() == 0 || shape.size(0) != rows) {
                throw InvalidReferenceException.ofEntry(
                        source,
                        kind + "/" + i,
                        "expected " + rows + " rows, as 'inputs/0' has; received shape " + shape);
            }
        }
    }

    /**
     * Reads a reference within {@linkplain ReferenceLimits#standard() the standard limits}.
     *
     * @throws InvalidReferenceException if the file is missing, damaged, hostile or incomplete
     */
    public static Reference read(Path file) {
        return read(file, ReferenceLimits.standard());
    }

    /**
     * Reads a reference.
     *
     * @throws InvalidReferenceException if the file is missing, damaged, hostile, incomplete or over a limit
     */
    public static Reference read(Path file, ReferenceLimits limits) {
        return new ReferenceEntries(file.toString(), NpzReader.read(file, limits)).toReference();
    }

    /** The number of rows of the batch. */
    public int rows() {
        return inputs.get(0).shape().size(0);
    }

    /** The names say enough; the values are many. */
    @Override
    public String toString() {
        return "Reference " + source + " (" + rows() + " rows, " + layers.size() + " layers)";
    }
}
