package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.MaskRules;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the masks of several tensors do to the tensor that is made of them.
 *
 * <p>Source: keras/src/layers/merging/base_merge.py, multiply.py and concatenate.py. In Keras 2, values do not depend on masks.
 */
final class MergedMasks {
    private final OnnxGraph graph;
    private final KerasLayer layer;
    private final List<Value> inputs;
    /** Whether values depend on masks. */
    private final boolean isCounted;

    /**
     * @param inputs in Keras's layout if any has a mask
     */
    MergedMasks(OnnxGraph graph, KerasLayer layer, List<Value> inputs) {
        this.graph = graph;
        this.layer = layer;
        this.inputs = inputs;
        // As in Keras 3, no mask counts where axes have to be added.
        this.isCounted = graph.maskRules() == MaskRules.KERAS_3
                && inputs.stream().map(input -> input.shape().rank()).distinct().count() == 1;
    }

    /**
     * In Keras 3, a step counts if it does in any input, and there is no mask unless all inputs have one; in Keras 2, if it
     * does in all inputs that have one.
     */
    Optional<Value> all() {
        List<Value> masks =
                inputs.stream().flatMap(input -> input.mask().stream()).toList();
        boolean isKeras3 = graph.maskRules() == MaskRules.KERAS_3;
        if (masks.isEmpty() || (isKeras3 && (masks.size() < inputs.size() || !isCounted))) {
            return Optional.empty();
        }
        List<String> names = masks.stream().map(Value::name).toList();
        return Optional.of(Value.of(
                MergingEmitters.chain(graph, layer, isKeras3 ? "Or" : "And", names),
                masks.get(0).shape()));
    }

    /** Values outside of a mask are 1 in a product, and 0 where they are outside of all masks. */
    String product(List<String> names) {
        List<String> factors = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String one = graph.constant(layer.name() + "/one", 1);
            factors.add(flags(i).map(flags -> where(flags, name, one)).orElse(name));
        }
        String product = MergingEmitters.chain(graph, layer, "Mul", factors);
        return !isCounted
                ? product
                : all().map(mask -> where(wide(mask), product, graph.constant(layer.name() + "/zero", 0)))
                        .orElse(product);
    }

    /** Values outside of a mask give way to the others. */
    String extreme(String operator, List<String> names) {
        String output = names.get(0);
        Optional<String> outputFlags = flags(0);
        for (int i = 1; i < names.size(); i++) {
            Optional<String> flags = flags(i);
            String x = flags.isPresent() ? where(flags.get(), names.get(i), output) : names.get(i);
            if (outputFlags.isPresent()) {
                output = where(outputFlags.get(), output, x);
            }
            outputFlags = outputFlags.flatMap(
                    one -> flags.map(other -> graph.node("Or", layer.name() + "/flags", List.of(one, other))));
            output = graph.node(operator, layer.name() + "/merged", List.of(output, x));
        }
        return output;
    }

    /** The masks side by side; an input without one counts in full. */
    Optional<Value> concatenated(int axis, Shape output) {
        if (inputs.stream().allMatch(input -> input.mask().isEmpty())) {
            return Optional.empty();
        }
        String zero = graph.constant(layer.name() + "/zero", 0);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            String flags = inputs.get(i)
                    .mask()
                    .map(this::wide)
                    .orElseGet(() -> graph.node("Equal", layer.name() + "/true", List.of(zero, zero)));
            String shape = graph.node(
                    "Shape", layer.name() + "/shape", List.of(inputs.get(i).name()));
            parts.add(graph.node("Expand", layer.name() + "/expanded", List.of(flags, shape)));
        }
        String sideBySide = graph.node("Concat", layer.name() + "/flags", parts, OnnxGraph.integer("axis", axis));
        Shape steps = output.slice(0, output.rank() - 1);
        if (graph.maskRules() == MaskRules.KERAS_3) {
            return Optional.of(Value.of(graph.any(sideBySide, false), steps));
        }
        // In Keras 2, a step counts if all of it does.
        String isAnyOut = graph.any(graph.node("Not", layer.name() + "/out", List.of(sideBySide)), false);
        return Optional.of(Value.of(graph.node("Not", layer.name() + "/all", List.of(isAnyOut)), steps));
    }

    private Optional<String> flags(int index) {
        return isCounted ? inputs.get(index).mask().map(this::wide) : Optional.empty();
    }

    /** A mask with an axis for the values of a step. */
    private String wide(Value mask) {
        return graph.node(
                "Unsqueeze", layer.name() + "/flags", List.of(mask.name(), graph.integers(layer.name() + "/axes", -1)));
    }

    private String where(String flags, String x, String other) {
        return graph.node("Where", layer.name() + "/where", List.of(flags, x, other));
    }
}
