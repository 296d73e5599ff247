package io.atelier.dl4j;

import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.LayerOperation;
import io.atelier.keras.layer.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The layers that can be lowered, and how: the table that refusals and import both read. */
final class Lowerings {
    private static final Lowerings ALL = all();

    private final Map<Class<? extends LayerConfig>, Lowering<?>> byConfig = new HashMap<>();

    private Lowerings() {}

    private static Lowerings all() {
        Lowerings lowerings = new Lowerings();
        CoreLowerings.addTo(lowerings);
        ActivationLowerings.addTo(lowerings);
        ConvolutionLowerings.addTo(lowerings);
        PoolingLowerings.addTo(lowerings);
        NormalizationLowerings.addTo(lowerings);
        RegularizationLowerings.addTo(lowerings);
        MergingLowerings.addTo(lowerings);
        SequenceLowerings.addTo(lowerings);
        RecurrentLowerings.addTo(lowerings);
        AttentionLowerings.addTo(lowerings);
        MaskedLowerings.addTo(lowerings);
        ReshapingLowerings.addTo(lowerings);
        EncodingLowerings.addTo(lowerings);
        ResizingLowerings.addTo(lowerings);
        return lowerings;
    }

    /** Adds how a layer of one input is lowered. */
    <C extends LayerConfig> void add(Class<C> config, Lowering.Unary<C> lowering) {
        byConfig.put(config, lowering);
    }

    /** Adds how a layer of any number of inputs is lowered. */
    <C extends LayerConfig> void addGeneral(Class<C> config, Lowering<C> lowering) {
        byConfig.put(config, lowering);
    }

    /** Why a layer cannot be lowered; empty if it can. */
    static Optional<String> refusal(LayerConfig config) {
        LayerConfig plain = plain(config);
        Lowering<LayerConfig> lowering = ALL.find(plain);
        return lowering == null ? Optional.of("engine dl4j does not have this layer") : lowering.refusal(plain);
    }

    /** The layers of a layer that is not refused. */
    static List<Lowered> lower(LayerConfig config, List<Shape> inputs) {
        LayerConfig plain = plain(config);
        Lowering<LayerConfig> lowering = ALL.find(plain);
        if (lowering == null) {
            throw new IllegalArgumentException("there is no lowering for " + config.className());
        }
        return lowering.lower(plain, inputs);
    }

    private static LayerConfig plain(LayerConfig config) {
        return config instanceof LayerOperation operation ? operation.layer() : config;
    }

    @SuppressWarnings("unchecked") // add() ties the type of the key to that of the value
    private @Nullable Lowering<LayerConfig> find(LayerConfig config) {
        if (config instanceof Dl4jLayer custom) {
            return (layer, inputs) -> List.of(Lowered.of(custom.function(), custom.weights(inputs)));
        }
        return (Lowering<LayerConfig>) byConfig.get(config.getClass());
    }
}
