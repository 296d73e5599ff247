package io.atelier.dl4j;

import io.atelier.dl4j.sequence.HeadsAttention;
import io.atelier.dl4j.sequence.ScoredAttention;
import io.atelier.dl4j.sequence.TapeFunction;
import io.atelier.keras.layer.Attention;
import io.atelier.keras.layer.GroupedQueryAttention;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.MultiHeadAttention;
import io.atelier.keras.layer.Shape;
import java.util.List;

/** Attention. */
final class AttentionLowerings {
    private AttentionLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.addGeneral(
                Attention.class,
                (config, inputs) -> layer(
                        config,
                        new ScoredAttention(
                                ScoredAttention.Score.valueOf(config.scoreMode().name()), config.useCausalMask(), 0),
                        inputs));
        lowerings.addGeneral(
                MultiHeadAttention.class,
                (config, inputs) -> layer(
                        config,
                        new HeadsAttention(config.numHeads(), config.keyDim(), 1, config.useCausalMask(), 0),
                        inputs));
        lowerings.addGeneral(
                GroupedQueryAttention.class,
                (config, inputs) -> layer(
                        config,
                        new HeadsAttention(
                                config.numQueryHeads(),
                                config.headDim(),
                                config.numQueryHeads() / config.numKeyValueHeads(),
                                config.useCausalMask(),
                                0),
                        inputs));
    }

    private static List<Lowered> layer(LayerConfig config, TapeFunction function, List<Shape> inputs) {
        return List.of(Lowered.of(function, config.weights(inputs), inputs));
    }
}
