package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.MaskRules;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ActivationOption;
import io.atelier.keras.layer.ELU;
import io.atelier.keras.layer.LeakyReLU;
import io.atelier.keras.layer.PReLU;
import io.atelier.keras.layer.ReLU;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.Softmax;
import io.atelier.keras.layer.ThresholdedReLU;
import io.atelier.onnx.proto.AttributeProto;
import io.atelier.onnx.proto.TensorProto;
import java.util.List;

/** Activations: layers of their own, and those that other layers end with. */
final class ActivationEmitters {
    /** The constants of keras.activations.selu. */
    private static final double SELU_ALPHA = 1.6732632423543772848170429916717;

    private static final double SELU_GAMMA = 1.0507009873554804934193349852946;

    private ActivationEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.add(Activation.class, (graph, layer, config, input) -> apply(graph, layer, config.function(), input));
        emitters.add(ReLU.class, ActivationEmitters::apply);
        emitters.add(LeakyReLU.class, ActivationEmitters::apply);
        emitters.add(ThresholdedReLU.class, ActivationEmitters::apply);
        emitters.add(ELU.class, ActivationEmitters::apply);
        emitters.add(Softmax.class, ActivationEmitters::softmaxOfMasked);
        emitters.add(PReLU.class, ActivationEmitters::pReLU);
    }

    /** Adds a function; nothing for linear. */
    static Value apply(OnnxGraph graph, KerasLayer layer, ActivationOption function, Value input) {
        if (function instanceof ActivationFunction named) {
            return named(graph, layer, named, input);
        }
        if (function instanceof ReLU config) {
            return relu(graph, layer, config, input);
        }
        if (function instanceof LeakyReLU config) {
            return relu(graph, layer, config.asReLU(), input);
        }
        if (function instanceof ThresholdedReLU config) {
            return relu(graph, layer, config.asReLU(), input);
        }
        return function instanceof ELU config
                ? elu(graph, layer, config.alpha(), input)
                : softmax(graph, layer, ((Softmax) function).axes(), input);
    }

    private static Value named(OnnxGraph graph, KerasLayer layer, ActivationFunction function, Value input) {
        return switch (function) {
            case LINEAR -> input;
            case RELU -> simple(graph, layer, "Relu", input);
            case SIGMOID -> simple(graph, layer, "Sigmoid", input);
            case TANH -> simple(graph, layer, "Tanh", input);
            case SOFTSIGN -> simple(graph, layer, "Softsign", input);
            case SOFTPLUS -> simple(graph, layer, "Softplus", input);
            case ELU, CELU -> elu(graph, layer, 1, input);
            case SELU ->
                input.renamed(graph.node(
                        "Selu",
                        layer.name() + "/selu",
                        List.of(input.name()),
                        OnnxGraph.number("alpha", SELU_ALPHA),
                        OnnxGraph.number("gamma", SELU_GAMMA)));
            case SOFTMAX -> softmax(graph, layer, List.of(-1), input);
            case LOG_SOFTMAX -> simple(graph, layer, "LogSoftmax", input, OnnxGraph.integer("axis", input.axis(-1)));
            case RELU6 -> clip(graph, layer, 0, 6, input);
            case HARD_TANH -> clip(graph, layer, -1, 1, input);
            case LEAKY_RELU -> simple(graph, layer, "LeakyRelu", input, OnnxGraph.number("alpha", 0.2));
            case GELU -> simple(graph, layer, "Gelu", input);
            case SILU -> times(graph, layer, input, simple(graph, layer, "Sigmoid", input));
            case MISH ->
                times(graph, layer, input, simple(graph, layer, "Tanh", simple(graph, layer, "Softplus", input)));
            case HARD_SIGMOID -> hardSigmoid(graph, layer, 1 / 6.0, input);
            case HARD_SIGMOID_OF_KERAS_2 -> hardSigmoid(graph, layer, 0.2, input);
            case SPARSE_SIGMOID -> hardSigmoid(graph, layer, 0.5, input);
            case HARD_SILU -> times(graph, layer, input, hardSigmoid(graph, layer, 1 / 6.0, input));
            case HARD_SHRINK -> simple(graph, layer, "Shrink", input, OnnxGraph.number("lambd", 0.5));
            case SOFT_SHRINK ->
                simple(graph, layer, "Shrink", input, OnnxGraph.number("lambd", 0.5), OnnxGraph.number("bias", 0.5));
            case TANH_SHRINK ->
                binary(
                        graph,
                        layer,
                        "Sub",
                        input,
                        simple(graph, layer, "Tanh", input).name());
            case SPARSE_PLUS -> sparsePlus(graph, layer, input);
            case SQUAREPLUS -> squareplus(graph, layer, input);
            case LOG_SIGMOID ->
                simple(graph, layer, "Neg", simple(graph, layer, "Softplus", simple(graph, layer, "Neg", input)));
            case EXPONENTIAL -> simple(graph, layer, "Exp", input);
            case SPARSEMAX -> sparsemax(graph, layer, input);
        };
    }

    private static Value simple(
            OnnxGraph graph, KerasLayer layer, String operator, Value input, AttributeProto... attributes) {
        return input.renamed(graph.node(operator, layer.name() + "/" + operator, List.of(input.name()), attributes));
    }

    private static Value binary(OnnxGraph graph, KerasLayer layer, String operator, Value left, String right) {
        return left.renamed(graph.node(operator, layer.name() + "/" + operator, List.of(left.name(), right)));
    }

    private static Value binary(OnnxGraph graph, KerasLayer layer, String operator, Value left, double right) {
        return binary(graph, layer, operator, left, graph.constant(layer.name() + "/number", right));
    }

    private static Value times(OnnxGraph graph, KerasLayer layer, Value left, Value right) {
        return binary(graph, layer, "Mul", left, right.name());
    }

    private static Value elu(OnnxGraph graph, KerasLayer layer, double alpha, Value input) {
        return simple(graph, layer, "Elu", input, OnnxGraph.number("alpha", alpha));
    }

    private static Value clip(OnnxGraph graph, KerasLayer layer, double least, double most, Value input) {
        String name = layer.name() + "/clip";
        return input.renamed(graph.node(
                "Clip",
                name,
                List.of(input.name(), graph.constant(name + "/min", least), graph.constant(name + "/max", most))));
    }

    private static Value hardSigmoid(OnnxGraph graph, KerasLayer layer, double slope, Value input) {
        return simple(
                graph, layer, "HardSigmoid", input, OnnxGraph.number("alpha", slope), OnnxGraph.number("beta", 0.5));
    }

    /** {@code (min(max(x, -1), 1) + 1)² / 4 + max(x - 1, 0)}: the parabola up to 1, the line from there. */
    private static Value sparsePlus(OnnxGraph graph, KerasLayer layer, Value input) {
        Value fromZero = binary(graph, layer, "Add", clip(graph, layer, -1, 1, input), 1);
        Value parabola = binary(graph, layer, "Mul", times(graph, layer, fromZero, fromZero), 0.25);
        Value line = simple(graph, layer, "Relu", binary(graph, layer, "Sub", input, 1));
        return binary(graph, layer, "Add", parabola, line.name());
    }

    private static Value squareplus(OnnxGraph graph, KerasLayer layer, Value input) {
        Value root = simple(graph, layer, "Sqrt", binary(graph, layer, "Add", times(graph, layer, input, input), 4));
        return binary(graph, layer, "Mul", binary(graph, layer, "Add", input, root.name()), 0.5);
    }

    private static Value sparsemax(OnnxGraph graph, KerasLayer layer, Value input) {
        String name = layer.name() + "/sparsemax";
        int axis = input.axis(-1);
        String size = graph.node(
                "Shape",
                name + "/size",
                List.of(input.name()),
                OnnxGraph.integer("start", axis),
                OnnxGraph.integer("end", axis + 1));
        String sorted = graph.nodes(
                        "TopK",
                        List.of(name + "/sorted", name + "/order"),
                        List.of(input.name(), size),
                        OnnxGraph.integer("axis", axis))
                .get(0);
        String axes = graph.integers(name + "/axis", axis);
        String one = graph.constant(name + "/one", 1);
        String sums = graph.node("CumSum", name + "/sums", List.of(sorted, axes));
        String ones = graph.node(
                "Expand", name + "/ones", List.of(one, graph.node("Shape", name + "/shape", List.of(sorted))));
        String positions = graph.node("CumSum", name + "/positions", List.of(ones, axes));
        String least = graph.node(
                "Div", name + "/least", List.of(graph.node("Sub", name + "/less", List.of(sums, one)), positions));
        String counts = graph.node("Greater", name + "/counts", List.of(sorted, least));
        String counted =
                graph.node("Where", name + "/counted", List.of(counts, sums, graph.constant(name + "/zero", 0)));
        String sum = graph.node("ReduceSum", name + "/sum", List.of(counted, axes));
        String count =
                graph.node("ReduceSum", name + "/count", List.of(graph.cast(counts, TensorProto.DataType.FLOAT), axes));
        String threshold = graph.node(
                "Div", name + "/threshold", List.of(graph.node("Sub", name + "/rest", List.of(sum, one)), count));
        return simple(graph, layer, "Relu", binary(graph, layer, "Sub", input, threshold));
    }

    private static Value pReLU(OnnxGraph graph, KerasLayer layer, PReLU config, Value input) {
        Tensor alpha = layer.weight("alpha");
        boolean isPerChannel = alpha.valueCount() == alpha.shape().size(-1);
        Value x = isPerChannel ? input : graph.kerasLayout(input);
        Tensor slope = isPerChannel
                ? x.along(alpha.reshape(Shape.of(alpha.valueCount())), -1)
                : alpha.reshape(Shape.of(1).append(alpha.shape().toArray()));
        return binary(graph, layer, "PRelu", x, graph.constant(layer.name() + "/alpha", slope));
    }

    /** Values outside of a mask count for nothing. */
    private static Value softmaxOfMasked(OnnxGraph graph, KerasLayer layer, Softmax config, Value input) {
        if (input.mask().isEmpty()) {
            return softmax(graph, layer, config.axes(), input);
        }
        Value x = graph.kerasLayout(input);
        Value mask = input.mask().get();
        String low = graph.constant(layer.name() + "/low", -1e9);
        String counted = graph.node("Where", layer.name() + "/counted", List.of(mask.name(), x.name(), low));
        Value weights = softmax(graph, layer, config.axes(), x.renamed(counted));
        if (graph.maskRules() == MaskRules.KERAS_2) {
            return weights.withMask(mask);
        }
        // Even where all values are masked.
        String zero = graph.constant(layer.name() + "/zero", 0);
        return weights.renamed(
                        graph.node("Where", layer.name() + "/zeroed", List.of(mask.name(), weights.name(), zero)))
                .withMask(mask);
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
