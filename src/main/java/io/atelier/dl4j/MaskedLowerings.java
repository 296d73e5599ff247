package io.atelier.dl4j;

import io.atelier.dl4j.layer.StepFlags;
import io.atelier.dl4j.sequence.MaskedLoops;
import io.atelier.dl4j.sequence.MaskedMean;
import io.atelier.dl4j.sequence.TapeFunction;
import io.atelier.keras.layer.Bidirectional;
import io.atelier.keras.layer.Comparison;
import io.atelier.keras.layer.GlobalPooling;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.MaskUse;
import io.atelier.keras.layer.Masked;
import io.atelier.keras.layer.Recurrent;
import io.atelier.keras.layer.Shape;
import java.util.List;
import java.util.Optional;

/** Layers that take a mask as well, and what Keras 3 writes down of how masks are made. */
final class MaskedLowerings {
    private MaskedLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.addGeneral(Masked.class, new Lowering<>() {
            @Override
            public Optional<String> refusal(Masked config) {
                // Masks that a layer does not take are refused where they reach it.
                return Lowerings.refusal(config.layer());
            }

            @Override
            public List<Lowered> lower(Masked config, List<Shape> inputs) {
                return MaskedLowerings.lower(config.layer(), inputs);
            }
        });
        lowerings.addGeneral(Comparison.class, new Lowering<>() {
            @Override
            public Optional<String> refusal(Comparison config) {
                return config.kind() == Comparison.Kind.NOT_EQUAL
                                && config.number().isPresent()
                        ? Optional.empty()
                        : Optional.of("engine dl4j has NotEqual of a tensor and a number only");
            }

            @Override
            public List<Lowered> lower(Comparison config, List<Shape> inputs) {
                double number = config.number().orElseThrow();
                return List.of(Lowered.of(new StepFlags((float) number, false)));
            }
        });
    }

    /** Whether a layer can take the mask of its only input. */
    static boolean takesMask(LayerConfig config) {
        return config instanceof Recurrent
                || config instanceof Bidirectional
                || (config instanceof GlobalPooling && config.maskUse() == MaskUse.USES);
    }

    /**
     * The layers of a layer for which {@link MaskSources} has a mask.
     *
     * @param inputs the shapes of the layer's input and of the mask
     */
    static List<Lowered> lower(LayerConfig config, List<Shape> inputs) {
        return List.of(Lowered.of(function(config), config.weights(inputs.subList(0, 1)), inputs));
    }

    private static TapeFunction function(LayerConfig config) {
        if (config instanceof Recurrent recurrent) {
            return new MaskedLoops(RecurrentLowerings.loops(recurrent), recurrent.zeroOutputForMask());
        }
        if (config instanceof Bidirectional both) {
            return new MaskedLoops(
                    RecurrentLowerings.loops(both), both.forward().zeroOutputForMask());
        }
        if (config instanceof GlobalPooling pooling) {
            return new MaskedMean(pooling.keepdims());
        }
        throw new IllegalArgumentException(config.className() + " takes no mask");
    }
}
