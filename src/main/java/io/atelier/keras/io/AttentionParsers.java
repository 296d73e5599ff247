package io.atelier.keras.io;

import io.atelier.keras.layer.Attention;
import io.atelier.keras.layer.GroupedQueryAttention;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.MultiHeadAttention;
import io.atelier.keras.layer.ScoreMode;
import java.util.List;
import java.util.Map;

/** Reads the layers of keras.layers.attention. */
final class AttentionParsers {
    private AttentionParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        table.put("Attention", options -> attention(options, scoreMode(options), false));
        table.put("AdditiveAttention", options -> attention(options, ScoreMode.ADDITIVE, true));
        table.put("MultiHeadAttention", AttentionParsers::multiHeadAttention);
        table.put("GroupedQueryAttention", AttentionParsers::groupedQueryAttention);
    }

    private static ScoreMode scoreMode(ConfigReader options) {
        String mode = options.optionalText("score_mode").orElse("dot");
        return switch (mode) {
            case "dot" -> ScoreMode.DOT;
            case "concat" -> ScoreMode.CONCAT;
            default ->
                throw new IllegalArgumentException("score_mode must be one of [dot, concat]; received '" + mode + "'");
        };
    }

    private static LayerConfig attention(ConfigReader options, ScoreMode mode, boolean scaledByDefault) {
        options.keepForTraining("dropout", "seed");
        return new Attention(
                mode, options.flag("use_scale", scaledByDefault), options.flag(InboundNodes.USE_CAUSAL_MASK, false));
    }

    private static LayerConfig multiHeadAttention(ConfigReader options) {
        keepForTraining(options);
        // What Keras 2 was built with, and how it summed masks up.
        options.ignore("query_shape", "key_shape", "value_shape", "softmax_robust_masking");
        refuseWindows(options);
        options.refuseUnless(
                "attention_axes", List.of(1), "Only attention along the second of three axes is supported");
        List<Integer> outputShape = options.optionalIntegers("output_shape").orElse(List.of());
        if (outputShape.size() > 1) {
            throw new UnsupportedOptionException(
                    "output_shape must be one integer; received " + outputShape + ". Other shapes are not supported");
        }
        int keyDim = options.integer("key_dim");
        return new MultiHeadAttention(
                options.integer("num_heads"),
                keyDim,
                options.integer("value_dim", keyDim),
                options.flag("use_bias", true),
                outputShape.isEmpty() ? 0 : outputShape.get(0),
                options.flag(InboundNodes.USE_CAUSAL_MASK, false));
    }

    private static LayerConfig groupedQueryAttention(ConfigReader options) {
        keepForTraining(options);
        refuseWindows(options);
        // How Keras computes it; the numbers are the same.
        options.ignore("flash_attention");
        return new GroupedQueryAttention(
                options.integer("head_dim"),
                options.integer("num_query_heads"),
                options.integer("num_key_value_heads"),
                options.flag("use_bias", true),
                options.flag(InboundNodes.USE_CAUSAL_MASK, false));
    }

    private static void keepForTraining(ConfigReader options) {
        options.keepForTraining("dropout", "seed");
        options.keepWeightsForTraining("kernel", "bias");
    }

    private static void refuseWindows(ConfigReader options) {
        options.refuseUnless("use_gate", false, "Gates are not supported");
        options.refuseUnless("sliding_window", "None", "Sliding windows are not supported");
    }
}
