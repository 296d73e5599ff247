package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * Attention of several heads, each with its own projections of query, key and value.
 *
 * <p>Shapes: query {@code (batch, queries, dim)}, value {@code (batch, values, valueSize)}, key
 * {@code (batch, values, keySize)}, which is the value where only two inputs are given; output
 * {@code (batch, queries, outputSize)}. Source: keras/src/layers/attention/multi_head_attention.py.
 *
 * @param numHeads at least 1
 * @param keyDim size of each head for query and key, at least 1
 * @param valueDim size of each head for value, at least 1; {@code keyDim} by default
 * @param useBias whether every projection adds a bias; true by default
 * @param outputSize size of the output's last axis; 0, the default, for that of the query
 * @param useCausalMask whether a query sees no key behind its own place; false by default
 */
public record MultiHeadAttention(
        int numHeads, int keyDim, int valueDim, boolean useBias, int outputSize, boolean useCausalMask)
        implements LayerConfig {
    public MultiHeadAttention {
        Require.positive("num_heads", numHeads);
        Require.positive("key_dim", keyDim);
        Require.positive("value_dim", valueDim);
    }

    @Override
    public String className() {
        return "MultiHeadAttention";
    }

    @Override
    public List<Shape> outputShapes(List<Shape> inputs) {
        check(inputs);
        return List.of(outputSize == 0 ? inputs.get(0) : inputs.get(0).with(-1, outputSize));
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        check(inputs);
        int query = Require.knownAxis(inputs.get(0), -1);
        int value = Require.knownAxis(inputs.get(1), -1);
        int key = Require.knownAxis(inputs.get(inputs.size() - 1), -1);
        int output = outputSize == 0 ? query : outputSize;
        List<WeightSpec> weights = new ArrayList<>();
        add(weights, "query", Shape.of(query, numHeads, keyDim), Shape.of(numHeads, keyDim));
        add(weights, "key", Shape.of(key, numHeads, keyDim), Shape.of(numHeads, keyDim));
        add(weights, "value", Shape.of(value, numHeads, valueDim), Shape.of(numHeads, valueDim));
        add(weights, "attention_output", Shape.of(numHeads, valueDim, output), Shape.of(output));
        return weights;
    }

    private void add(List<WeightSpec> weights, String projection, Shape kernel, Shape bias) {
        weights.add(WeightSpec.trainable(projection + "/kernel", kernel.toArray()));
        if (useBias) {
            weights.add(WeightSpec.trainable(projection + "/bias", bias.toArray()));
        }
    }

    private static void check(List<Shape> inputs) {
        if (inputs.size() != 2 && inputs.size() != 3) {
            throw new IllegalArgumentException(
                    "the layer takes a query, a value and perhaps a key; received " + inputs.size() + " inputs");
        }
        inputs.forEach(input -> Require.rank(3, input));
        if (inputs.get(1).size(1) != inputs.get(inputs.size() - 1).size(1)) {
            throw new IllegalArgumentException("expected as many values as keys; received shapes " + inputs);
        }
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.TAKES;
    }
}
