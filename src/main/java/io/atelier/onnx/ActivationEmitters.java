package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ReLU;
import io.atelier.keras.layer.Softmax;
import java.util.List;

/** Activations: layers of their own, and those that other layers end with. */
final class ActivationEmitters {
    /** The constants of keras.activations.selu. */
    private static final double SELU_ALPHA = 1.6732632423543772848170429916717;

    private static final double SELU_GAMMA = 1.0507009873554804934193349852946;

    private ActivationEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.add(Activation.class, (graph, layer, config, input) -> apply(graph, layer, config.function(), input));
        emitters.add(ReLU.class, ActivationEmitters::relu);
        emitters.add(Softmax.class, (graph, layer, config, input) -> softmax(graph, layer, config.axes(), input));
    }

    /** Adds a function; nothing for linear. */
    static Value apply(OnnxGraph graph, KerasLayer layer, ActivationFunction function, Value input) {
        return switch (function) {
            case LINEAR -> input;
            case RELU -> simple(graph, layer, "Relu", input);
            case SIGMOID -> simple(graph, layer, "Sigmoid", input);
            case TANH -> simple(graph, layer, "Tanh", input);
            case SOFTSIGN -> simple(graph, layer, "Softsign", input);
            case SOFTPLUS -> simple(graph, layer, "Softplus", input);
            case ELU ->
                input.renamed(
                        graph.node("Elu", layer.name() + "/elu", List.of(input.name()), OnnxGraph.number("alpha", 1)));
            case SELU ->
                input.renamed(graph.node(
                        "Selu",
                        layer.name() + "/selu",
                        List.of(input.name()),
                        OnnxGraph.number("alpha", SELU_ALPHA),
                        OnnxGraph.number("gamma", SELU_GAMMA)));
            case SOFTMAX -> softmax(graph, layer, List.of(-1), input);
        };
    }

    private static Value simple(OnnxGraph graph, KerasLayer layer, String operator, Value input) {
        return input.renamed(graph.node(operator, layer.name() + "/" + operator, List.of(input.name())));
    }

    private static Value softmax(OnnxGraph graph, KerasLayer layer, List<Integer> axes, Value input) {
        String name = layer.name() + "/softmax";
        if (axes.size() == 1) {
            return input.renamed(graph.node(
                    "Softmax", name, List.of(input.name()), OnnxGraph.integer("axis", input.axis(axes.get(0)))));
        }
        // ONNX knows one axis only: exp(x - max) / sum, over all of them.
        String over = graph.integers(
                name + "/axes", axes.stream().mapToLong(input::axis).toArray());
        String largest = graph.node("ReduceMax", name + "/max", List.of(input.name(), over));
        String exponential = graph.node(
                "Exp", name + "/exp", List.of(graph.node("Sub", name + "/sub", List.of(input.name(), largest))));
        String sum = graph.node("ReduceSum", name + "/sum", List.of(exponential, over));
        return input.renamed(graph.node("Div", name, List.of(exponential, sum)));
    }

    /** In the order of operations of keras.activations.relu: below the threshold the slope, above it x up to the maximum. */
    private static Value relu(OnnxGraph graph, KerasLayer layer, ReLU config, Value input) {
        String name = layer.name();
        String x = input.name();
        if (config.threshold() == 0
                && config.negativeSlope() == 0
                && config.maxValue().isEmpty()) {
            return simple(graph, layer, "Relu", input);
        }
        String threshold = graph.constant(name + "/threshold", config.threshold());
        String isAbove = graph.node("Greater", name + "/above", List.of(x, threshold));
        String above = config.maxValue()
                .map(max -> graph.node("Min", name + "/min", List.of(x, graph.constant(name + "/max_value", max))))
                .orElse(x);
        String below = graph.node(
                "Mul",
                name + "/below",
                List.of(
                        graph.node("Sub", name + "/sub", List.of(x, threshold)),
                        graph.constant(name + "/negative_slope", config.negativeSlope())));
        return input.renamed(graph.node("Where", name + "/relu", List.of(isAbove, above, below)));
    }
}
