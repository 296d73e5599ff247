package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.LayerNormalization;
import io.atelier.keras.layer.Shape;
import java.nio.FloatBuffer;
import java.util.List;

/** Normalization. */
final class NormalizationEmitters {
    private NormalizationEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.add(BatchNormalization.class, NormalizationEmitters::batchNormalization);
        emitters.add(LayerNormalization.class, NormalizationEmitters::layerNormalization);
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
}
