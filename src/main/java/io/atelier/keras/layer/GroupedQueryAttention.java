package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * Attention of several heads, of which neighbouring ones share a projection of key and value:
 * {@code keras.layers.GroupQueryAttention}.
 *
 * <p>Shapes: query {@code (batch, queries, dim)}, value {@code (batch, values, dim)}, key
 * {@code (batch, values, keySize)}, which is the value where only two inputs are given; output
 * {@code (batch, queries, dim)}. Source: keras/src/layers/attention/grouped_query_attention.py.
 *
 * @param headDim size of each head, at least 1
 * @param numQueryHeads a multiple of {@code numKeyValueHeads}
 * @param numKeyValueHeads at least 1
 * @param useBias whether every projection adds a bias; true by default
 * @param useCausalMask whether a query sees no key behind its own place; false by default
 */
public record GroupedQueryAttention(
        int headDim, int numQueryHeads, int numKeyValueHeads, boolean useBias, boolean useCausalMask)
        implements LayerConfig {
    public GroupedQueryAttention {
        Require.positive("head_dim", headDim);
        Require.positive("num_query_heads", numQueryHeads);
        Require.positive("num_key_value_heads", numKeyValueHeads);
        if (numQueryHeads % numKeyValueHeads != 0) {
            throw new IllegalArgumentException("num_query_heads must be a multiple of num_key_value_heads; received "
                    + numQueryHeads + " and " + numKeyValueHeads);
        }
    }

    @Override
    public String className() {
        return "GroupedQueryAttention";
    }

    /** The attention that is the same where each projection of key and value stands there once for each of its heads. */
    public MultiHeadAttention withOwnProjections() {
        return new MultiHeadAttention(numQueryHeads, headDim, headDim, useBias, 0, useCausalMask);
    }

    @Override
    public List<Shape> outputShapes(List<Shape> inputs) {
        List<Shape> outputs = withOwnProjections().outputShapes(inputs);
        if (inputs.get(0).size(-1) != inputs.get(1).size(-1)) {
            throw new IllegalArgumentException(
                    "query and value must have a last axis of the same size; received shapes " + inputs);
        }
        return outputs;
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        List<WeightSpec> weights = new ArrayList<>();
        for (WeightSpec weight : withOwnProjections().weights(inputs)) {
            weights.add(
                    isShared(weight.name())
                            ? new WeightSpec(weight.name(), weight.shape().with(-2, numKeyValueHeads), true)
                            : weight);
        }
        return weights;
    }

    /** Whether heads share a weight, whose last axis but one they are. */
    public static boolean isShared(String weight) {
        return weight.startsWith("key/") || weight.startsWith("value/");
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.USES;
    }
}
