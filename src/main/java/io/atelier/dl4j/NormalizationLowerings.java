package io.atelier.dl4j;

import io.atelier.dl4j.layer.AxesNormalization;
import io.atelier.dl4j.layer.GroupsNormalization;
import io.atelier.dl4j.layer.KnownStatistics;
import io.atelier.dl4j.layer.RootMeanSquare;
import io.atelier.dl4j.layer.UnitNorm;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.GroupNormalization;
import io.atelier.keras.layer.LayerNormalization;
import io.atelier.keras.layer.Normalization;
import io.atelier.keras.layer.RMSNormalization;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.UnitNormalization;
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
        lowerings.add(
                GroupNormalization.class,
                (config, input) -> List.of(Lowered.of(
                        new GroupsNormalization(
                                config.groupsOf(input.size(config.axis())), config.axis(), config.epsilon()),
                        config.weights(input))));
        lowerings.add(
                RMSNormalization.class,
                (config, input) -> List.of(
                        Lowered.of(new RootMeanSquare(config.axes(), config.epsilon()), config.weights(input))));
        lowerings.add(
                UnitNormalization.class,
                (config, input) -> List.of(Lowered.of(new UnitNorm(
                        config.smallestNorm(),
                        config.axes().stream().mapToInt(Integer::intValue).toArray()))));
        lowerings.add(Normalization.class, NormalizationLowerings::normalization);
    }

    private static List<Lowered> normalization(Normalization config, Shape input) {
        List<Double> mean = config.given().map(Normalization.Statistics::mean).orElse(List.of());
        List<Double> variance =
                config.given().map(Normalization.Statistics::variance).orElse(List.of());
        return List.of(Lowered.of(
                new KnownStatistics(
                        config.statisticsAxes(input),
                        mean,
                        variance,
                        Normalization.SMALLEST_DEVIATION,
                        config.invert()),
                config.weights(input)));
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
