package io.atelier.keras.io;

import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.EinsumDense;
import io.atelier.keras.layer.Embedding;
import io.atelier.keras.layer.Identity;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Masking;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.Shape;
import java.util.List;
import java.util.Map;

/** Reads the layers of keras.layers.core and their neighbours: input, dense, regularization, rescaling. */
final class CoreParsers {
    private CoreParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        table.put("InputLayer", CoreParsers::inputLayer);
        table.put("Dense", CoreParsers::dense);
        table.put("EinsumDense", CoreParsers::einsumDense);
        table.put("Embedding", CoreParsers::embedding);
        table.put("Masking", options -> new Masking(options.number("mask_value", 0)));
        table.put("Identity", options -> new Identity());
        table.put("Rescaling", CoreParsers::rescaling);
    }

    private static LayerConfig inputLayer(ConfigReader options) {
        // A dense tensor is all that there is in inference; sparse and ragged ones have no shape.
        String advice = "Rebuild the model with a dense keras.Input";
        options.refuseUnless("sparse", false, advice);
        options.refuseUnless("ragged", false, advice);
        options.refuseUnless("optional", false, advice);
        String option = options.has("batch_shape") ? "batch_shape" : "batch_input_shape";
        Object shape = options.value(option)
                .orElseThrow(
                        () -> new IllegalArgumentException("option 'batch_shape' is missing; save the model again"));
        return new InputLayer(
                shape(option, shape), options.optionalText("dtype").orElse("float32"));
    }

    /** A shape with its batch axis, where null stands for an axis of unknown size. */
    static Shape shape(String option, Object value) {
        if (!(value instanceof List<?> sizes)) {
            throw new IllegalArgumentException(
                    option + " must be a list of axis sizes; received " + ConfigReader.brief(value));
        }
        int[] axes = new int[sizes.size()];
        for (int i = 0; i < axes.length; i++) {
            Object size = sizes.get(i);
            if (size == null) {
                axes[i] = Shape.UNKNOWN;
            } else if (size instanceof Integer known && known >= 0) {
                axes[i] = known;
            } else {
                throw new IllegalArgumentException(
                        option + " must be a list of axis sizes; received " + ConfigReader.brief(value));
            }
        }
        return Shape.of(axes);
    }

    private static LayerConfig dense(ConfigReader options) {
        options.keepWeightsForTraining("kernel", "bias");
        refuseRewrittenKernel(options);
        return new Dense(
                options.integer("units"),
                ActivationParsers.function(options, "activation", ActivationFunction.LINEAR),
                options.flag("use_bias", true));
    }

    private static LayerConfig einsumDense(ConfigReader options) {
        options.keepWeightsForTraining("kernel", "bias");
        refuseRewrittenKernel(options);
        options.refuseUnless("gptq_unpacked_column_size", "None", "Save the model before quantizing it");
        return new EinsumDense(
                options.text("equation"),
                options.optionalNoiseShape("output_shape")
                        .orElseThrow(() ->
                                new IllegalArgumentException("option 'output_shape' is missing; save the model again")),
                options.optionalText("bias_axes").orElse(""),
                ActivationParsers.function(options, "activation", ActivationFunction.LINEAR));
    }

    /** A low-rank or quantized layer stores other weights than its kernel. */
    static void refuseRewrittenKernel(ConfigReader options) {
        options.refuseUnless(
                "lora_rank", "None", "Merge the low-rank weights before saving: layer.merge_lora_weights()");
        options.refuseUnless("quantization_config", "None", "Save the model before quantizing it");
        options.ignore("lora_alpha");
    }

    private static LayerConfig embedding(ConfigReader options) {
        options.keepWeightsForTraining("embeddings");
        // Keras 2's own check of the input's shape, which the InputLayer has as well.
        options.ignore("input_length");
        refuseRewrittenKernel(options);
        return new Embedding(
                options.integer("input_dim"), options.integer("output_dim"), options.flag("mask_zero", false));
    }

    private static LayerConfig rescaling(ConfigReader options) {
        return new Rescaling(
                options.optionalNumbers("scale")
                        .orElseThrow(
                                () -> new IllegalArgumentException("option 'scale' is missing; save the model again")),
                options.optionalNumbers("offset").orElse(List.of(0.0)));
    }
}
