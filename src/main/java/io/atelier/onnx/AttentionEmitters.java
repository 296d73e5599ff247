package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.MaskRules;
import io.atelier.keras.layer.Attention;
import io.atelier.keras.layer.MultiHeadAttention;
import io.atelier.keras.layer.ScoreMode;
import io.atelier.keras.layer.Shape;
import java.util.List;
import java.util.Optional;

/** Attention. */
final class AttentionEmitters {
    private AttentionEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.addGeneral(Attention.class, AttentionEmitters::attention);
        emitters.addGeneral(
                MultiHeadAttention.class,
                (graph, layer, config, inputs) -> multiHead(graph, layer, config, inputs, Optional.empty()));
    }

    private static List<Value> attention(OnnxGraph graph, KerasLayer layer, Attention config, List<Value> inputs) {
        String name = layer.name();
        String query = graph.kerasLayout(inputs.get(0)).name();
        String value = graph.kerasLayout(inputs.get(1)).name();
        String key = graph.kerasLayout(inputs.get(inputs.size() - 1)).name();
        String scores = config.scoreMode() == ScoreMode.DOT
                ? scaled(graph, layer, config, einsum(graph, name, "bqd,bkd->bqk", query, key))
                : tanhScores(graph, layer, config, query, key);
        SeenKeys seen = new SeenKeys(graph, name, scores);
        inputs.get(1).mask().ifPresent(seen::addKeys);
        if (config.useCausalMask()) {
            seen.addCausal();
        }
        String weights = softmax(graph, name, seen.lowered());
        Value output =
                Value.of(graph.node("MatMul", name + "/attention", List.of(weights, value)), shape(config, inputs));
        return List.of(inputs.get(0)
                .mask()
                .map(mask -> zeroOutside(graph, name, output, mask))
                .orElse(output));
    }

    /** What queries that are masked get is 0. */
    private static Value zeroOutside(OnnxGraph graph, String name, Value output, Value mask) {
        String flags =
                graph.node("Unsqueeze", name + "/flags", List.of(mask.name(), graph.integers(name + "/axes", -1)));
        String zero = graph.constant(name + "/zero", 0);
        return output.renamed(graph.node("Where", name + "/masked", List.of(flags, output.name(), zero)))
                .withMask(mask);
    }

    private static Shape shape(Attention config, List<Value> inputs) {
        return config.outputShapes(inputs.stream().map(Value::shape).toList()).get(0);
    }

    private static String scaled(OnnxGraph graph, KerasLayer layer, Attention config, String x) {
        return config.useScale()
                ? graph.node(
                        "Mul",
                        layer.name() + "/scaled",
                        List.of(x, graph.constant(layer.name() + "/scale", layer.weight("scale"))))
                : x;
    }

    private static String tanhScores(OnnxGraph graph, KerasLayer layer, Attention config, String query, String key) {
        String name = layer.name();
        String queries = graph.node("Unsqueeze", name + "/queries", List.of(query, graph.integers(name + "/axes", 2)));
        String keys = graph.node("Unsqueeze", name + "/keys", List.of(key, graph.integers(name + "/axes", 1)));
        String sums = graph.node("Add", name + "/pairs", List.of(queries, keys));
        boolean isAdditive = config.scoreMode() == ScoreMode.ADDITIVE;
        String inside = isAdditive ? sums : scaled(graph, layer, config, sums);
        String bent = graph.node("Tanh", name + "/tanh", List.of(inside));
        String summed = graph.node(
                "ReduceSum",
                name + "/scores",
                List.of(isAdditive ? scaled(graph, layer, config, bent) : bent, graph.integers(name + "/last", -1)),
                OnnxGraph.integer("keepdims", 0));
        return isAdditive
                ? summed
                : graph.node(
                        "Mul",
                        name + "/weighted",
                        List.of(summed, graph.constant(name + "/weight", layer.weight("concat_score_weight"))));
    }

    /**
     * The output of a layer.
     *
     * @param pairs flags {@code (batch, queries, keys)} that say which query sees which key
     */
    static List<Value> multiHead(
            OnnxGraph graph, KerasLayer layer, MultiHeadAttention config, List<Value> inputs, Optional<Value> pairs) {
        String name = layer.name();
        String query = projected(graph, layer, config, "query", "bqd,dhe->bhqe", inputs.get(0));
        String value = projected(graph, layer, config, "value", "bkd,dhe->bhke", inputs.get(1));
        String key = projected(graph, layer, config, "key", "bkd,dhe->bhke", inputs.get(inputs.size() - 1));
        String factor = graph.constant(name + "/factor", 1 / Math.sqrt(config.keyDim()));
        String scores = einsum(
                graph, name, "bhqe,bhke->bhqk", graph.node("Mul", name + "/scaled", List.of(query, factor)), key);
        SeenKeys seen = new SeenKeys(graph, name, scores);
        inputs.get(0).mask().ifPresent(seen::addQueries);
        inputs.subList(1, inputs.size()).forEach(input -> input.mask().ifPresent(seen::addKeysOfHeads));
        pairs.ifPresent(seen::addPairs);
        if (config.useCausalMask()) {
            seen.addCausal();
        }
        String weights = softmax(graph, name, seen.replaced());
        if (hasSoftmaxLayer(graph, layer)) {
            weights = seen.zeroed(weights);
        }
        String heads = graph.node("MatMul", name + "/heads", List.of(weights, value));
        String kernel = graph.constant(name + "/output_kernel", layer.weight("attention_output/kernel"));
        String output = einsum(graph, name, "bhqe,heo->bqo", heads, kernel);
        if (config.useBias()) {
            String bias = graph.constant(name + "/output_bias", layer.weight("attention_output/bias"));
            output = graph.node("Add", name + "/output", List.of(output, bias));
        }
        Shape shape =
                config.outputShapes(inputs.stream().map(Value::shape).toList()).get(0);
        return List.of(Value.of(output, shape));
    }

    /** Whether Keras computes the weights by its layer Softmax: one that drops some of them in training. */
    private static boolean hasSoftmaxLayer(OnnxGraph graph, KerasLayer layer) {
        return graph.maskRules() == MaskRules.KERAS_3
                && layer.trainingOptions().get("dropout") instanceof Number rate
                && rate.doubleValue() > 0;
    }

    /** One of the three projections, with the heads in front of the steps. */
    private static String projected(
            OnnxGraph graph,
            KerasLayer layer,
            MultiHeadAttention config,
            String projection,
            String equation,
            Value input) {
        String name = layer.name() + "/" + projection;
        String kernel = graph.constant(name + "_kernel", layer.weight(projection + "/kernel"));
        String product = einsum(graph, name, equation, graph.kerasLayout(input).name(), kernel);
        if (!config.useBias()) {
            return product;
        }
        int size = layer.weight(projection + "/bias").shape().size(1);
        String bias = graph.constant(
                name + "_bias", layer.weight(projection + "/bias").reshape(Shape.of(config.numHeads(), 1, size)));
        return graph.node("Add", name + "_projected", List.of(product, bias));
    }

    private static String einsum(OnnxGraph graph, String name, String equation, String x, String y) {
        return graph.node("Einsum", name + "/product", List.of(x, y), OnnxGraph.text("equation", equation));
    }

    /** The softmax over the keys. */
    private static String softmax(OnnxGraph graph, String name, String scores) {
        return graph.node("Softmax", name + "/weights", List.of(scores), OnnxGraph.integer("axis", -1));
    }
}
