package io.atelier.dl4j;

import io.atelier.dl4j.layer.BroadcastDropout;
import io.atelier.dl4j.layer.NoTraining;
import io.atelier.keras.layer.ActivityRegularization;
import io.atelier.keras.layer.AlphaDropout;
import io.atelier.keras.layer.Dropout;
import io.atelier.keras.layer.GaussianDropout;
import io.atelier.keras.layer.GaussianNoise;
import io.atelier.keras.layer.RandomAugmentation;
import io.atelier.keras.layer.SpatialDropout;
import java.util.List;
import java.util.Map;

/** Layers that do something in training only. */
final class RegularizationLowerings {
    private RegularizationLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.add(Dropout.class, (config, input) -> List.of(dropout(config)));
        lowerings.add(SpatialDropout.class, (config, input) -> List.of(broadcast(config.rate(), config.noiseShape())));
        lowerings.add(GaussianNoise.class, (config, input) -> List.of(gaussianNoise(config)));
        lowerings.add(GaussianDropout.class, (config, input) -> List.of(gaussianDropout(config)));
        lowerings.add(AlphaDropout.class, (config, input) -> List.of(alphaDropout(config)));
        lowerings.add(
                ActivityRegularization.class,
                (config, input) -> List.of(
                        Lowered.of(new NoTraining("ActivityRegularization, as it has no loss of what a layer gives"))));
        lowerings.add(
                RandomAugmentation.class,
                (config, input) -> List.of(
                        Lowered.of(new NoTraining(config.className() + ", as it does not change pictures at random"))));
    }

    private static Lowered dropout(Dropout config) {
        // Keras writes "rate"; modelimport looks for "dropout", and drops nothing where it does not find it.
        List<Integer> noiseShape = config.noiseShape().orElse(List.of());
        return noiseShape.isEmpty() && config.rate() < 1
                ? new Lowered("Dropout", Map.of("dropout", config.rate()))
                : broadcast(config.rate(), noiseShape);
    }

    private static Lowered broadcast(double rate, List<Integer> noiseShape) {
        return Lowered.of(new BroadcastDropout(
                rate, noiseShape.stream().mapToInt(Integer::intValue).toArray()));
    }

    private static Lowered gaussianNoise(GaussianNoise config) {
        return config.stddev() == 0
                ? noNoise()
                : Lowered.of(new org.deeplearning4j.nn.conf.dropout.GaussianNoise(config.stddev()));
    }

    private static Lowered gaussianDropout(GaussianDropout config) {
        return config.rate() == 0
                ? noNoise()
                : Lowered.of(new org.deeplearning4j.nn.conf.dropout.GaussianDropout(config.rate()));
    }

    private static Lowered alphaDropout(AlphaDropout config) {
        if (config.rate() == 0) {
            return noNoise();
        }
        return config.noiseShape().isPresent() || config.rate() == 1
                ? Lowered.of(new NoTraining("an AlphaDropout that has a noise_shape, or drops everything"))
                : Lowered.of(new org.deeplearning4j.nn.conf.dropout.AlphaDropout(1 - config.rate()));
    }

    private static Lowered noNoise() {
        return broadcast(0, List.of());
    }
}
