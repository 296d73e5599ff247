package io.atelier.dl4j;

import io.atelier.dl4j.layer.AxesNormalization;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.LayerNormalization;
import io.atelier.keras.layer.Shape;
import java.util.List;
import java.util.Map;

/** Normalization. */
final class NormalizationLowerings {
    private NormalizationLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.add(BatchNormalization.class, NormalizationLowerings::batchNormalization);
        lowerings.add(
                LayerNormalization.class,
                (config, input) -> List.of(Lowered.of(
                        new AxesNormalization(config.axes(), config.epsilon(), config.rmsScaling()),
                        config.weights(input))));
    }

    private static List<Lowered> batchNormalization(BatchNormalization config, Shape input) {
        Map<String, Object> options = Map.of(
                "axis", input.axisIndex(config.axis()),
                "size", input.size(config.axis()),
                "momentum", config.momentum(),
                "epsilon", config.epsilon(),
                "center", config.center(),
                "scale", config.scale());
        return List.of(new Lowered(ImportedLayers.BATCH_NORMALIZATION, options));
    }
}
