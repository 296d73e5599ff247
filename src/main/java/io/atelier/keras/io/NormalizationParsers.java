package io.atelier.keras.io;

import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.GroupNormalization;
import io.atelier.keras.layer.LayerNormalization;
import io.atelier.keras.layer.Normalization;
import io.atelier.keras.layer.RMSNormalization;
import io.atelier.keras.layer.SpectralNormalization;
import io.atelier.keras.layer.UnaryLayer;
import io.atelier.keras.layer.UnitNormalization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the layers of keras.layers.normalization. */
final class NormalizationParsers {
    private NormalizationParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        table.put("BatchNormalization", NormalizationParsers::batchNormalization);
        table.put("LayerNormalization", NormalizationParsers::layerNormalization);
        table.put("GroupNormalization", NormalizationParsers::groupNormalization);
        table.put("RMSNormalization", NormalizationParsers::rmsNormalization);
        table.put(
                "UnitNormalization",
                options -> new UnitNormalization(axes(options), options.number(Keras2Dialect.SMALLEST_NORM, 1e-12)));
        table.put("Normalization", NormalizationParsers::normalization);
        table.put("SpectralNormalization", NormalizationParsers::spectralNormalization);
    }

    private static BatchNormalization batchNormalization(ConfigReader options) {
        options.keepWeightsForTraining("gamma", "beta");
        options.keepForTraining("moving_mean_initializer", "moving_variance_initializer", "synchronized");
        String advice = "It changes what the layer computes";
        options.refuseUnless("renorm", false, advice);
        options.refuseUnless("virtual_batch_size", "None", advice);
        options.refuseUnless("adjustment", "None", advice);
        options.ignore("renorm_clipping", "renorm_momentum", "fused");
        List<Integer> axis = axes(options);
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
        options.keepWeightsForTraining("gamma", "beta");
        return new LayerNormalization(
                axes(options),
                options.number("epsilon", 0.001),
                options.flag("center", true),
                options.flag("scale", true),
                options.flag("rms_scaling", false));
    }

    private static GroupNormalization groupNormalization(ConfigReader options) {
        options.keepWeightsForTraining("gamma", "beta");
        return new GroupNormalization(
                options.integer("groups", 32),
                options.integer("axis", -1),
                options.number("epsilon", 0.001),
                options.flag("center", true),
                options.flag("scale", true));
    }

    private static RMSNormalization rmsNormalization(ConfigReader options) {
        return new RMSNormalization(axes(options), options.number("epsilon", 1e-6));
    }

    private static SpectralNormalization spectralNormalization(ConfigReader options) {
        options.keepForTraining("power_iterations");
        LayerEntry within = options.layer("layer")
                .orElseThrow(() -> new IllegalArgumentException("option 'layer' is missing; save the model again"));
        if (!(LayerParsers.config(within) instanceof UnaryLayer layer)) {
            throw new UnsupportedOptionException("layer must take one tensor and give one; received '"
                    + within.className() + "'. Build the model with that layer itself");
        }
        return new SpectralNormalization(layer);
    }

    private static Normalization normalization(ConfigReader options) {
        boolean isOverall = options.isNull("axis");
        return new Normalization(
                isOverall ? List.of() : axes(options),
                statistics(options.optionalNumbers("mean"), options.optionalNumbers("variance")),
                options.flag("invert", false));
    }

    private static Optional<Normalization.Statistics> statistics(
            Optional<List<Double>> mean, Optional<List<Double>> variance) {
        if (mean.isPresent() != variance.isPresent()) {
            throw new IllegalArgumentException("mean and variance must both be given, or neither");
        }
        return mean.map(values -> new Normalization.Statistics(values, variance.orElseThrow()));
    }

    private static List<Integer> axes(ConfigReader options) {
        return options.optionalIntegers("axis").orElse(List.of(-1));
    }
}
