package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.layer.Concatenate;
import io.atelier.keras.layer.Dot;
import io.atelier.keras.layer.ElementwiseMerge;
import io.atelier.keras.layer.MergeKind;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Layers that make one tensor of several. */
final class MergingEmitters {
    private MergingEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.addGeneral(ElementwiseMerge.class, MergingEmitters::elementwise);
        emitters.addGeneral(Concatenate.class, MergingEmitters::concatenate);
        emitters.addGeneral(Dot.class, MergingEmitters::dot);
    }

    private static List<Value> elementwise(
            OnnxGraph graph, KerasLayer layer, ElementwiseMerge config, List<Value> inputs) {
        Shape shape = config.outputShape(inputs.stream().map(Value::shape).toList());
        List<Value> aligned = sameLayout(graph, inputs);
        List<String> names = new ArrayList<>();
        for (Value input : aligned) {
            long[] missing = LongStream.rangeClosed(
                            1, shape.rank() - input.shape().rank())
                    .toArray();
            names.add(
                    missing.length == 0
                            ? input.name()
                            : graph.node(
                                    "Unsqueeze",
                                    layer.name() + "/expanded",
                                    List.of(input.name(), graph.integers(layer.name() + "/axes", missing))));
        }
        MergedMasks masks = new MergedMasks(graph, layer, inputs);
        String merged = switch (config.kind()) {
            case MULTIPLY -> masks.product(names);
            case MAXIMUM, MINIMUM -> masks.extreme(operator(config.kind()), names);
            default -> chain(graph, layer, operator(config.kind()), names);
        };
        if (config.kind() == MergeKind.AVERAGE) {
            String count = graph.constant(layer.name() + "/count", names.size());
            merged = graph.node("Div", layer.name() + "/average", List.of(merged, count));
        }
        return List.of(new Value(merged, shape, aligned.get(0).isChannelsFirst(), masks.all()));
    }

    /** Merges the first with the second, the result with the third, and so on. */
    static String chain(OnnxGraph graph, KerasLayer layer, String operator, List<String> names) {
        String merged = names.get(0);
        for (String name : names.subList(1, names.size())) {
            merged = graph.node(operator, layer.name() + "/merged", List.of(merged, name));
        }
        return merged;
    }

    private static String operator(MergeKind kind) {
        return switch (kind) {
            case ADD, AVERAGE -> "Add";
            case SUBTRACT -> "Sub";
            case MULTIPLY -> "Mul";
            case MAXIMUM -> "Max";
            case MINIMUM -> "Min";
        };
    }

    private static List<Value> concatenate(OnnxGraph graph, KerasLayer layer, Concatenate config, List<Value> inputs) {
        List<Value> aligned = sameLayout(graph, inputs);
        int axis = aligned.get(0).axis(config.axis());
        String merged = graph.node(
                "Concat",
                layer.name() + "/concatenated",
                aligned.stream().map(Value::name).toList(),
                OnnxGraph.integer("axis", axis));
        Shape shape = config.outputShape(inputs.stream().map(Value::shape).toList());
        return List.of(new Value(
                merged,
                shape,
                aligned.get(0).isChannelsFirst(),
                new MergedMasks(graph, layer, aligned).concatenated(axis, shape)));
    }

    /** With the channels in front only where all inputs have them there already, and none has a mask. */
    private static List<Value> sameLayout(OnnxGraph graph, List<Value> inputs) {
        boolean isSame = inputs.stream()
                        .allMatch(
                                input -> input.isChannelsFirst() && input.mask().isEmpty())
                && inputs.stream().map(input -> input.shape().rank()).distinct().count() == 1;
        return isSame ? inputs : inputs.stream().map(graph::kerasLayout).toList();
    }

    private static List<Value> dot(OnnxGraph graph, KerasLayer layer, Dot config, List<Value> inputs) {
        List<Shape> shapes = inputs.stream().map(Value::shape).toList();
        List<String> names = new ArrayList<>();
        List<String> axes = new ArrayList<>();
        // Axis 0 is the batch of both, n the one that is summed over, all others have a letter of their own.
        StringBuilder output = new StringBuilder("z");
        char letter = 'a';
        for (int i = 0; i < 2; i++) {
            int summed = config.axis(i, shapes.get(i));
            String name = graph.kerasLayout(inputs.get(i)).name();
            names.add(config.normalize() ? normalized(graph, layer, name, summed) : name);
            StringBuilder letters = new StringBuilder("z");
            for (int axis = 1; axis < shapes.get(i).rank(); axis++) {
                letters.append(axis == summed ? 'n' : letter);
                if (axis != summed) {
                    output.append(letter++);
                }
            }
            axes.add(letters.toString());
        }
        String product = graph.node(
                "Einsum",
                layer.name() + "/dot",
                names,
                OnnxGraph.text("equation", String.join(",", axes) + "->" + output));
        if (output.length() == 1) {
            product = graph.node(
                    "Unsqueeze", layer.name() + "/column", List.of(product, graph.integers(layer.name() + "/axes", 1)));
        }
        return List.of(Value.of(product, config.outputShape(shapes)));
    }

    private static String normalized(OnnxGraph graph, KerasLayer layer, String name, int axis) {
        String length = graph.node(
                "ReduceL2", layer.name() + "/length", List.of(name, graph.integers(layer.name() + "/axes", axis)));
        String divisor = graph.node(
                "Max",
                layer.name() + "/divisor",
                List.of(length, graph.constant(layer.name() + "/epsilon", Dot.EPSILON)));
        return graph.node("Div", layer.name() + "/normalized", List.of(name, divisor));
    }
}
