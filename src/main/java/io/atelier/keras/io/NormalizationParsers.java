package io.atelier.keras.io;

import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.LayerNormalization;
import java.util.List;
import java.util.Map;

/** Reads the layers of keras.layers.normalization. */
final class NormalizationParsers {
    private NormalizationParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        table.put("BatchNormalization", NormalizationParsers::batchNormalization);
        table.put("LayerNormalization", NormalizationParsers::layerNormalization);
    }

    private static BatchNormalization batchNormalization(ConfigReader options) {
        keepGammaAndBeta(options);
        options.keepForTraining("moving_mean_initializer", "moving_variance_initializer", "synchronized");
        String advice = "It changes what the layer computes";
        options.refuseUnless("renorm", false, advice);
        options.refuseUnless("virtual_batch_size", "None", advice);
        options.refuseUnless("adjustment", "None", advice);
        options.ignore("renorm_clipping", "renorm_momentum", "fused");
        List<Integer> axis = options.optionalIntegers("axis").orElse(List.of(-1));
        if (axis.size() != 1) {
            throw new UnsupportedOptionException("axis must be one axis; received " + axis);
        }
        return new BatchNormalization(
                axis.get(0),
                options.number("momentum", 0.99),
                options.number("epsilon", 0.001),
                options.flag("center", true),
                options.flag("scale", true));
    }

    private static LayerNormalization layerNormalization(ConfigReader options) {
        keepGammaAndBeta(options);
        return new LayerNormalization(
                options.optionalIntegers("axis").orElse(List.of(-1)),
                options.number("epsilon", 0.001),
                options.flag("center", true),
                options.flag("scale", true),
                options.flag("rms_scaling", false));
    }

    private static void keepGammaAndBeta(ConfigReader options) {
        options.keepForTraining(
                "beta_initializer",
                "gamma_initializer",
                "beta_regularizer",
                "gamma_regularizer",
                "beta_constraint",
                "gamma_constraint");
    }
}
