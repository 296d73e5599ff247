package io.atelier.dl4j;

import io.atelier.dl4j.layer.BatchDot;
import io.atelier.dl4j.layer.SideBySide;
import io.atelier.dl4j.layer.ValueByValue;
import io.atelier.keras.layer.Concatenate;
import io.atelier.keras.layer.Dot;
import io.atelier.keras.layer.ElementwiseMerge;
import java.util.List;

/** Layers that make one tensor of several, along Keras's axes: Deeplearning4j's vertices know its own layouts only. */
final class MergingLowerings {
    private MergingLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.addGeneral(
                ElementwiseMerge.class,
                (config, inputs) -> List.of(Lowered.of(
                        new ValueByValue(ValueByValue.Kind.valueOf(config.kind().name())))));
        lowerings.addGeneral(
                Concatenate.class,
                (config, inputs) ->
                        List.of(Lowered.of(new SideBySide(inputs.get(0).axisIndex(config.axis())))));
        lowerings.addGeneral(
                Dot.class,
                (config, inputs) -> List.of(Lowered.of(new BatchDot(
                        config.axis(0, inputs.get(0)),
                        config.axis(1, inputs.get(1)),
                        config.normalize() ? Dot.EPSILON : 0))));
    }
}
