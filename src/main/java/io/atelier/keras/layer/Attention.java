package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * Means of values, weighted for each query by the softmax of the scores of the keys: Attention, AdditiveAttention.
 *
 * <p>Shapes: query {@code (batch, queries, dim)}, value {@code (batch, values, valueDim)}, key
 * {@code (batch, values, dim)}, which is the value where only two inputs are given; output
 * {@code (batch, queries, valueDim)}.
 *
 * @param scoreMode how keys are scored
 * @param useScale whether there is a weight {@code scale}; false by default, true for AdditiveAttention
 * @param useCausalMask whether a query sees no key behind its own place; false by default
 */
public record Attention(ScoreMode scoreMode, boolean useScale, boolean useCausalMask) implements LayerConfig {
    @Override
    public String className() {
        return scoreMode == ScoreMode.ADDITIVE ? "AdditiveAttention" : "Attention";
    }

    @Override
    public List<Shape> outputShapes(List<Shape> inputs) {
        if (inputs.size() != 2 && inputs.size() != 3) {
            throw new IllegalArgumentException(
                    "the layer takes a query, a value and perhaps a key; received " + inputs.size() + " inputs");
        }
        inputs.forEach(input -> Require.rank(3, input));
        Shape query = inputs.get(0);
        Shape key = inputs.get(inputs.size() - 1);
        if (query.size(-1) != key.size(-1)) {
            throw new IllegalArgumentException(
                    "expected a query and a key of the same size; received shapes " + query + " and " + key);
        }
        return List.of(query.with(-1, inputs.get(1).size(-1)));
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        List<WeightSpec> weights = new ArrayList<>();
        if (useScale) {
            weights.add(
                    scoreMode == ScoreMode.ADDITIVE
                            ? WeightSpec.trainable("scale", Require.knownAxis(inputs.get(0), -1))
                            : WeightSpec.trainable("scale"));
        }
        if (scoreMode == ScoreMode.CONCAT) {
            weights.add(WeightSpec.trainable("concat_score_weight"));
        }
        return weights;
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.USES;
    }
}
