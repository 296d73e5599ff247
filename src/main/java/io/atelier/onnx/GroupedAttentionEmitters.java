package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.GroupedQueryAttention;
import io.atelier.keras.layer.MultiHeadAttention;
import io.atelier.keras.layer.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Attention of heads that share projections: as one in which each has its own. */
final class GroupedAttentionEmitters {
    private GroupedAttentionEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.addGeneral(GroupedQueryAttention.class, (graph, layer, config, inputs) -> {
            Value output =
                    grouped(graph, layer, config, inputs, Optional.empty()).get(0);
            return List.of(inputs.get(0).mask().map(output::withMask).orElse(output));
        });
    }

    /**
     * The output of a layer.
     *
     * @param pairs flags {@code (batch, queries, keys)} that say which query sees which key
     */
    static List<Value> grouped(
            OnnxGraph graph,
            KerasLayer layer,
            GroupedQueryAttention config,
            List<Value> inputs,
            Optional<Value> pairs) {
        int times = config.numQueryHeads() / config.numKeyValueHeads();
        Map<String, Tensor> weights = new HashMap<>();
        layer.weights()
                .forEach((name, weight) ->
                        weights.put(name, GroupedQueryAttention.isShared(name) ? repeated(weight, times) : weight));
        MultiHeadAttention own = config.withOwnProjections();
        return AttentionEmitters.multiHead(graph, layer.withConfig(own).withWeights(weights), own, inputs, pairs);
    }

    /** A weight in which each index of the last axis but one stands so many times. */
    private static Tensor repeated(Tensor weight, int times) {
        Shape shape = weight.shape();
        int size = shape.size(-1);
        float[] values = new float[weight.valueCount() * times];
        for (int row = 0; row < weight.valueCount() / size * times; row++) {
            weight.buffer().position(row / times * size).get(values, row * size, size);
        }
        return Tensor.wrap(shape.with(-2, shape.size(-2) * times), values);
    }
}
