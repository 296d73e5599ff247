package io.atelier.dl4j;

import io.atelier.dl4j.layer.MaskedSteps;
import io.atelier.dl4j.layer.RowLookup;
import io.atelier.dl4j.layer.TableIndices;
import io.atelier.keras.layer.Embedding;
import io.atelier.keras.layer.Masking;
import io.atelier.keras.layer.Shape;
import java.util.List;

/** Embedding and masking. The masks themselves come in where a layer takes one: see {@link MaskSources}. */
final class SequenceLowerings {
    private SequenceLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.add(Embedding.class, SequenceLowerings::embedding);
        lowerings.add(
                Masking.class, (config, input) -> List.of(Lowered.of(new MaskedSteps((float) config.maskValue()))));
    }

    private static List<Lowered> embedding(Embedding config, Shape input) {
        return List.of(
                Lowered.of(new TableIndices(config.inputDim())), Lowered.of(new RowLookup(), config.weights(input)));
    }
}
