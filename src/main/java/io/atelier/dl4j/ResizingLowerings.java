package io.atelier.dl4j;

import io.atelier.dl4j.layer.AxisMaxima;
import io.atelier.dl4j.layer.AxisMeans;
import io.atelier.dl4j.layer.Resample;
import io.atelier.keras.layer.AdaptivePooling;
import io.atelier.keras.layer.CenterCrop;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.Resizing;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.UnaryLayer;
import java.util.ArrayList;
import java.util.List;

/** Layers that make spatial axes another size, one axis after the other. */
final class ResizingLowerings {
    private ResizingLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.add(
                Resizing.class,
                (config, input) ->
                        config.fit() == Resizing.Fit.STRETCH ? stretched(config) : steps(config.steps(input), input));
        lowerings.add(CenterCrop.class, (config, input) -> steps(config.steps(input), input));
        lowerings.add(AdaptivePooling.class, (config, input) -> pooled(config));
    }

    private static List<Lowered> steps(List<UnaryLayer> steps, Shape input) {
        List<Lowered> lowered = new ArrayList<>();
        Shape shape = input;
        for (UnaryLayer step : steps) {
            lowered.addAll(Lowerings.lower(step, List.of(shape)));
            shape = step.outputShape(shape);
        }
        return lowered;
    }

    private static List<Lowered> stretched(Resizing config) {
        int rows = config.dataFormat().firstSpatialAxis();
        return List.of(
                Lowered.of(new Resample(rows, config.height(), config.interpolation())),
                Lowered.of(new Resample(rows + 1, config.width(), config.interpolation())));
    }

    private static List<Lowered> pooled(AdaptivePooling config) {
        List<Lowered> lowered = new ArrayList<>();
        for (int i = 0; i < config.outputSize().size(); i++) {
            int axis = config.dataFormat().firstSpatialAxis() + i;
            int size = config.outputSize().get(i);
            lowered.add(Lowered.of(
                    config.kind() == PoolingKind.MAX ? new AxisMaxima(axis, size) : new AxisMeans(axis, size)));
        }
        return lowered;
    }
}
