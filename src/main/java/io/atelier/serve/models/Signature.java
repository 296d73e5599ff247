package io.atelier.serve.models;

import io.atelier.keras.KerasModel;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a model takes and gives, by the names clients use.
 *
 * @param inputs in the model's order, named after their InputLayers
 * @param outputs in the model's order, named after the layers that give them
 */
public record Signature(List<Entry> inputs, List<Entry> outputs) {
    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * One tensor.
     *
     * @param name unique among the inputs or the outputs
     * @param dtype in Keras's words: {@code float32}
     * @param shape with the batch axis
     */
    public record Entry(String name, String dtype, Shape shape) {}

    /** The signature of a model; outputs are always float32. */
    public static Signature of(KerasModel model) {
        List<Entry> inputs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (TensorRef input : model.inputs()) {
            String dtype = model.layer(input.layer()).config() instanceof InputLayer layer ? layer.dtype() : "float32";
            inputs.add(new Entry(unique(input, names), dtype, model.shape(input)));
        }
        List<Entry> outputs = new ArrayList<>();
        names.clear();
        for (TensorRef output : model.outputs()) {
            outputs.add(new Entry(unique(output, names), "float32", model.shape(output)));
        }
        return new Signature(inputs, outputs);
    }

    private static String unique(TensorRef tensor, Set<String> names) {
        String name = tensor.layer();
        for (int i = 1; !names.add(name); i++) {
            name = tensor.layer() + "_" + i;
        }
        return name;
    }
}
