package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.GroupNormalization;
import io.atelier.keras.layer.LayerNormalization;
import io.atelier.keras.layer.Normalization;
import io.atelier.keras.layer.RMSNormalization;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.UnitNormalization;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.LongStream;

/** Normalization. */
final class NormalizationEmitters {
    private NormalizationEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.add(BatchNormalization.class, NormalizationEmitters::batchNormalization);
        emitters.add(LayerNormalization.class, NormalizationEmitters::layerNormalization);
        emitters.add(GroupNormalization.class, NormalizationEmitters::groupNormalization);
        emitters.add(RMSNormalization.class, NormalizationEmitters::rmsNormalization);
        emitters.add(UnitNormalization.class, NormalizationEmitters::unitNormalization);
        emitters.add(Normalization.class, NormalizationEmitters::normalization);
    }

    /** One multiplication and one addition, computed in double from Keras's four weights. */
    private static Value batchNormalization(OnnxGraph graph, KerasLayer layer, BatchNormalization config, Value input) {
        FloatBuffer mean = layer.weight("moving_mean").buffer();
        FloatBuffer variance = layer.weight("moving_variance").buffer();
        int size = mean.remaining();
        float[] factors = new float[size];
        float[] summands = new float[size];
        for (int i = 0; i < size; i++) {
            double gamma = config.scale() ? layer.weight("gamma").get(i) : 1;
            double beta = config.center() ? layer.weight("beta").get(i) : 0;
            double factor = gamma / Math.sqrt(variance.get(i) + config.epsilon());
            factors[i] = (float) factor;
            summands[i] = (float) (beta - factor * mean.get(i));
        }
        Shape vector = Shape.of(size);
        String scaled = graph.node(
                "Mul",
                layer.name() + "/scaled",
                List.of(
                        input.name(),
                        graph.constant(
                                layer.name() + "/factor", input.along(Tensor.wrap(vector, factors), config.axis()))));
        return input.renamed(graph.node(
                "Add",
                layer.name() + "/normalized",
                List.of(
                        scaled,
                        graph.constant(
                                layer.name() + "/summand",
                                input.along(Tensor.wrap(vector, summands), config.axis())))));
    }

    private static Value layerNormalization(OnnxGraph graph, KerasLayer layer, LayerNormalization config, Value input) {
        Value x = config.axes().size() == 1 ? input : graph.kerasLayout(input);
        String name = layer.name();
        String over = graph.integers(
                name + "/axes", config.axes().stream().mapToLong(x::axis).toArray());
        String mean = graph.node("ReduceMean", name + "/mean", List.of(x.name(), over));
        String centered = graph.node("Sub", name + "/centered", List.of(x.name(), mean));
        String numerator = config.rmsScaling() ? x.name() : centered;
        String y = graph.node(
                "Div",
                name + "/standardized",
                List.of(numerator, deviation(graph, layer, centered, over, config.epsilon())));
        if (config.hasGamma()) {
            y = graph.node(
                    "Mul",
                    name + "/scaled",
                    List.of(y, graph.constant(name + "/gamma", x.along(layer.weight("gamma"), config.axes()))));
        }
        if (config.hasBeta()) {
            y = graph.node(
                    "Add",
                    name + "/shifted",
                    List.of(y, graph.constant(name + "/beta", x.along(layer.weight("beta"), config.axes()))));
        }
        return x.renamed(y);
    }

    /** {@code sqrt(mean(x * x) + epsilon)} over some axes. */
    private static String deviation(OnnxGraph graph, KerasLayer layer, String x, String over, double epsilon) {
        String name = layer.name();
        String square = graph.node("Mul", name + "/square", List.of(x, x));
        String variance = graph.node("ReduceMean", name + "/variance", List.of(square, over));
        String sum = graph.node("Add", name + "/sum", List.of(variance, graph.constant(name + "/epsilon", epsilon)));
        return graph.node("Sqrt", name + "/deviation", List.of(sum));
    }

    private static Value groupNormalization(OnnxGraph graph, KerasLayer layer, GroupNormalization config, Value input) {
        String name = layer.name();
        Shape shape = input.shape();
        int channels = shape.size(config.axis());
        Value x = isLast(config.axis(), shape) ? graph.channelsFirst(input) : graph.kerasLayout(input);
        int axis = x.axis(config.axis());
        // The channels behind the batch, so that a group is what lies next to each other.
        long[] order = order(shape.rank(), axis);
        String front = axis == 1
                ? x.name()
                : graph.node("Transpose", name + "/front", List.of(x.name()), OnnxGraph.ints("perm", order));
        String target = graph.integers(name + "/groups", 0, config.groupsOf(channels), -1);
        String grouped = graph.node("Reshape", name + "/grouped", List.of(front, target));
        String over = graph.integers(name + "/axes", 2);
        String mean = graph.node("ReduceMean", name + "/mean", List.of(grouped, over));
        String centered = graph.node("Sub", name + "/centered", List.of(grouped, mean));
        String normalized = graph.node(
                "Div",
                name + "/standardized",
                List.of(centered, deviation(graph, layer, centered, over, config.epsilon())));
        String shapeOf = graph.node("Shape", name + "/shape", List.of(front));
        String y = graph.node("Reshape", name + "/ungrouped", List.of(normalized, shapeOf));
        if (axis != 1) {
            y = graph.node("Transpose", name + "/back", List.of(y), OnnxGraph.ints("perm", inverse(order)));
        }
        if (config.scale()) {
            y = graph.node(
                    "Mul",
                    name + "/scaled",
                    List.of(y, graph.constant(name + "/gamma", x.along(layer.weight("gamma"), config.axis()))));
        }
        if (config.center()) {
            y = graph.node(
                    "Add",
                    name + "/shifted",
                    List.of(y, graph.constant(name + "/beta", x.along(layer.weight("beta"), config.axis()))));
        }
        return x.renamed(y);
    }

    private static boolean isLast(int axis, Shape shape) {
        return shape.axisIndex(axis) == shape.rank() - 1;
    }

    /** The batch, an axis, and the others. */
    private static long[] order(int rank, int axis) {
        return LongStream.concat(
                        LongStream.of(0, axis), LongStream.range(1, rank).filter(other -> other != axis))
                .toArray();
    }

    private static long[] inverse(long... order) {
        long[] inverse = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[(int) order[i]] = i;
        }
        return inverse;
    }

    private static Value rmsNormalization(OnnxGraph graph, KerasLayer layer, RMSNormalization config, Value input) {
        Value x = graph.kerasLayout(input);
        String name = layer.name();
        String over = graph.integers(
                name + "/axes", config.axes().stream().mapToLong(x::axis).toArray());
        String y = graph.node(
                "Div",
                name + "/standardized",
                List.of(x.name(), deviation(graph, layer, x.name(), over, config.epsilon())));
        return x.renamed(graph.node(
                "Mul", name + "/scaled", List.of(y, graph.constant(name + "/scale", layer.weight("scale")))));
    }

    private static Value unitNormalization(OnnxGraph graph, KerasLayer layer, UnitNormalization config, Value input) {
        String name = layer.name();
        String over = graph.integers(
                name + "/axes", config.axes().stream().mapToLong(input::axis).toArray());
        String norm = graph.node("ReduceL2", name + "/norm", List.of(input.name(), over));
        String divisor = graph.node(
                "Max", name + "/divisor", List.of(norm, graph.constant(name + "/smallest", config.smallestNorm())));
        return input.renamed(graph.node("Div", name + "/unit", List.of(input.name(), divisor)));
    }

    private static Value normalization(OnnxGraph graph, KerasLayer layer, Normalization config, Value input) {
        List<Integer> axes = config.statisticsAxes(input.shape());
        Value x = axes.size() > 1 ? graph.kerasLayout(input) : input;
        Tensor mean = config.given().map(given -> vector(given.mean(), axes)).orElseGet(() -> layer.weight("mean"));
        Tensor variance =
                config.given().map(given -> vector(given.variance(), axes)).orElseGet(() -> layer.weight("variance"));
        float[] deviations = variance.toArray();
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = (float) Math.max(Math.sqrt(deviations[i]), Normalization.SMALLEST_DEVIATION);
        }
        String name = layer.name();
        String center = graph.constant(name + "/mean", x.along(mean, axes));
        String deviation =
                graph.constant(name + "/deviation", x.along(Tensor.wrap(variance.shape(), deviations), axes));
        return x.renamed(
                config.invert()
                        ? graph.node(
                                "Add",
                                name + "/restored",
                                List.of(graph.node("Mul", name + "/scaled", List.of(x.name(), deviation)), center))
                        : graph.node(
                                "Div",
                                name + "/normalized",
                                List.of(graph.node("Sub", name + "/centered", List.of(x.name(), center)), deviation)));
    }

    /** Values of a config: a scalar, or a vector along one axis. */
    private static Tensor vector(List<Double> values, List<Integer> axes) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return Tensor.wrap(axes.isEmpty() ? Shape.of() : Shape.of(floats.length), floats);
    }
}
