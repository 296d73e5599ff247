package io.atelier.conformance;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The arrays of a file, sorted into the parts of a reference by their names. */
final class ReferenceEntries {
    private static final String LAYERS = "layers/";
    private static final String LABELS = "labels";
    private static final Pattern NUMBERED = Pattern.compile("(inputs|outputs)/(0|[1-9]\\d{0,8})");

    private final String source;
    private final Map<Integer, Tensor> inputs = new LinkedHashMap<>();
    private final Map<Integer, Tensor> outputs = new LinkedHashMap<>();
    private final Map<String, Tensor> layers = new LinkedHashMap<>();
    private Optional<List<Integer>> labels = Optional.empty();

    ReferenceEntries(String source, Map<String, Tensor> arrays) {
        this.source = source;
        arrays.forEach(this::add);
    }

    Reference toReference() {
        return new Reference(source, inOrder("inputs", inputs), inOrder("outputs", outputs), layers, labels);
    }

    private void add(String name, Tensor array) {
        Matcher numbered = NUMBERED.matcher(name);
        if (numbered.matches()) {
            Map<Integer, Tensor> kind = numbered.group(1).equals("inputs") ? inputs : outputs;
            kind.put(Integer.valueOf(numbered.group(2)), array);
        } else if (name.startsWith(LAYERS) && name.length() > LAYERS.length()) {
            layers.put(name.substring(LAYERS.length()), array);
        } else if (name.equals(LABELS)) {
            labels = Optional.of(labels(array));
        } else {
            // Skipped in silence, a misspelt layer would count as proven.
            throw InvalidReferenceException.ofEntry(
                    source,
                    name,
                    "expected 'inputs/<n>', 'outputs/<n>', 'layers/<layer name>' or 'labels'; rename or remove it");
        }
    }

    private List<Tensor> inOrder(String kind, Map<Integer, Tensor> numbered) {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < numbered.size(); i++) {
            Tensor tensor = numbered.get(i);
            if (tensor == null) {
                throw new InvalidReferenceException(
                        source,
                        "entry '" + kind + "/" + i + "' is missing, though there are " + numbered.size() + " " + kind
                                + "; number them from 0");
            }
            tensors.add(tensor);
        }
        return tensors;
    }

    private List<Integer> labels(Tensor array) {
        Shape shape = array.shape();
        if (shape.rank() != 1 && !(shape.rank() == 2 && shape.size(1) == 1)) {
            throw InvalidReferenceException.ofEntry(
                    source,
                    LABELS,
                    "expected one class a row, shape (rows,) or (rows, 1); received shape " + shape
                            + "; of one-hot labels save the argmax");
        }
        List<Integer> classes = new ArrayList<>();
        for (int i = 0; i < array.valueCount(); i++) {
            float value = array.get(i);
            if (value != (int) value || value < 0) {
                throw InvalidReferenceException.ofEntry(
                        source, LABELS, "expected classes, whole numbers from 0; received " + value);
            }
            classes.add((int) value);
        }
        return classes;
    }
}
