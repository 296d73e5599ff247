package io.atelier.dl4j;

import io.atelier.dl4j.layer.Curve;
import io.atelier.dl4j.layer.NoTraining;
import io.atelier.dl4j.layer.Pointwise;
import io.atelier.dl4j.layer.TensorFunction;
import io.atelier.dl4j.sequence.CellLoops;
import io.atelier.dl4j.sequence.CellStep;
import io.atelier.dl4j.sequence.GruStep;
import io.atelier.dl4j.sequence.LstmStep;
import io.atelier.dl4j.sequence.SimpleStep;
import io.atelier.dl4j.sequence.TwoWayLoops;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ActivationOption;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.Bidirectional;
import io.atelier.keras.layer.GruCell;
import io.atelier.keras.layer.LstmCell;
import io.atelier.keras.layer.MergingLayer;
import io.atelier.keras.layer.Recurrent;
import io.atelier.keras.layer.RecurrentCell;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.TimeDistributed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recurrent layers and what wraps them. */
final class RecurrentLowerings {
    private static final Map<ActivationOption, Curve> CURVES = Map.of(
            ActivationFunction.LINEAR, Curve.IDENTITY,
            ActivationFunction.RELU, Curve.RELU,
            ActivationFunction.SIGMOID, Curve.SIGMOID,
            ActivationFunction.TANH, Curve.TANH);

    private RecurrentLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.addGeneral(
                Recurrent.class,
                (config, inputs) -> List.of(Lowered.of(loops(config), config.weights(inputs), inputs)));
        lowerings.addGeneral(Bidirectional.class, RecurrentLowerings::bidirectional);
        lowerings.addGeneral(TimeDistributed.class, new Lowering<>() {
            @Override
            public Optional<String> refusal(TimeDistributed config) {
                return config.layer() instanceof MergingLayer
                        ? Optional.of(
                                "engine dl4j does not apply " + config.layer().className() + " step by step")
                        : Lowerings.refusal(config.layer());
            }

            @Override
            public List<Lowered> lower(TimeDistributed config, List<Shape> inputs) {
                List<Lowered> lowered = new ArrayList<>();
                Lowerings.lower(config.layer(), List.of(TimeDistributed.step(inputs.get(0))))
                        .forEach(part -> lowered.add(part.forEachStep()));
                if (config.layer() instanceof BatchNormalization) {
                    lowered.add(Lowered.of(new NoTraining(
                            "TimeDistributed(BatchNormalization), as Keras has statistics of each step by itself")));
                }
                return lowered;
            }
        });
    }

    private static List<Lowered> bidirectional(Bidirectional config, List<Shape> inputs) {
        return List.of(Lowered.of(loops(config), config.weights(inputs), inputs));
    }

    static TwoWayLoops loops(Bidirectional config) {
        return new TwoWayLoops(
                loops(config.forward()),
                loops(config.backward()),
                TwoWayLoops.Merge.valueOf(config.mergeMode().name()));
    }

    static CellLoops loops(Recurrent config) {
        return new CellLoops(
                config.cells().stream().map(RecurrentLowerings::step).toList(),
                config.returnSequences(),
                config.returnState(),
                config.goBackwards(),
                0);
    }

    private static CellStep step(RecurrentCell cell) {
        if (cell instanceof LstmCell lstm) {
            return new LstmStep(lstm.units(), function(lstm.activation()), function(lstm.recurrentActivation()));
        }
        return cell instanceof GruCell gru
                ? new GruStep(
                        gru.units(), function(gru.activation()), function(gru.recurrentActivation()), gru.resetAfter())
                : new SimpleStep(cell.units(), function(cell.activation()));
    }

    /** A function that is computed in Java where there is one: a step of a cell is small. */
    private static TensorFunction function(ActivationOption option) {
        Curve curve = CURVES.get(option);
        return curve == null ? ActivationLowerings.function(option) : new Pointwise(curve);
    }
}
