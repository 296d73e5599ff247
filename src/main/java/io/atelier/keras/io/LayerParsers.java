package io.atelier.keras.io;

import io.atelier.keras.Problem;
import io.atelier.keras.layer.CustomLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.MaskRole;
import io.atelier.keras.layer.Masked;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The table of all layers that can be read, by Keras 3's class name. */
final class LayerParsers {
    private static final Map<String, LayerParser> TABLE = table();

    private LayerParsers() {}

    private static Map<String, LayerParser> table() {
        Map<String, LayerParser> table = new TreeMap<>();
        CoreParsers.addTo(table);
        ConvolutionParsers.addTo(table);
        PoolingParsers.addTo(table);
        ReshapingParsers.addTo(table);
        ActivationParsers.addTo(table);
        NormalizationParsers.addTo(table);
        RegularizationParsers.addTo(table);
        MergingParsers.addTo(table);
        AttentionParsers.addTo(table);
        RecurrentParsers.addTo(table);
        EncodingParsers.addTo(table);
        ResizingParsers.addTo(table);
        OperationParsers.addTo(table);
        return Collections.unmodifiableMap(table);
    }

    /**
     * A layer whose options are understood.
     *
     * @param trainingOptions what only matters to training
     */
    record ParsedLayer(
            LayerConfig config, boolean trainable, String dtypePolicy, Map<String, Object> trainingOptions) {}

    /** Understands a layer's options; empty, with a problem noted, if that fails. */
    static Optional<ParsedLayer> parse(LayerEntry entry, CustomLayers customLayers, Problems problems) {
        try {
            ConfigReader options = new ConfigReader(entry.config());
            LayerConfig config = Optional.ofNullable(TABLE.get(entry.className()))
                    .or(() -> customLayers.parser(entry))
                    .orElseThrow(() -> unknown(entry))
                    .parse(options);
            options.ignore(InboundNodes.MASKS, LayerEntry.OF_EACH_STEP);
            String dtypePolicy = finish(entry, options);
            return Optional.of(new ParsedLayer(
                    withMasks(StepwiseLayers.ofEachStep(config, entry.timesOfEachStep()), entry.maskRoles()),
                    !options.isFrozen(),
                    dtypePolicy,
                    new LinkedHashMap<>(options.trainingOptions())));
        } catch (UnsupportedOptionException e) {
            problems.unsupported(Problem.ofLayer(entry.name(), entry.fileClassName(), message(e)));
        } catch (IllegalArgumentException e) {
            problems.invalid(Problem.ofLayer(entry.name(), entry.fileClassName(), message(e)));
        }
        return Optional.empty();
    }

    private static LayerConfig withMasks(LayerConfig config, List<MaskRole> roles) {
        if (roles.isEmpty()) {
            return config;
        }
        if (config instanceof CustomLayer) {
            throw new UnsupportedOptionException(
                    "the layer is called with a mask, which a layer of your own is not given; call it with its tensors only");
        }
        return new Masked(config, roles);
    }

    /** The config of a layer that is the option of another. */
    static LayerConfig config(LayerEntry entry) {
        LayerParser parser = TABLE.get(entry.className());
        if (parser == null) {
            throw new UnsupportedOptionException("the layer within, '" + entry.className() + "', is not supported: "
                    + RefusedLayers.reason(entry.className()).orElse("README.md lists those that are"));
        }
        return read(entry, parser::parse);
    }

    /** Reads something that is written as a layer is: a layer, or a cell of one. */
    static <T> T read(LayerEntry entry, Function<ConfigReader, T> parser) {
        ConfigReader options = new ConfigReader(entry.config());
        T parsed = parser.apply(options);
        finish(entry, options);
        return parsed;
    }

    /** Whether layers of a class are read. */
    static boolean handles(String className) {
        return TABLE.containsKey(className);
    }

    private static UnsupportedOptionException unknown(LayerEntry entry) {
        if (entry.isOperation()) {
            return new UnsupportedOptionException(
                    "this function of keras.ops is not supported; use layers of keras.layers in its place");
        }
        return new UnsupportedOptionException(
                entry.className().equals("Lambda")
                        ? "a Lambda layer holds Python code, which is never run; replace it by layers of Keras, or say"
                                + " what it computes: CustomLayers.builder().lambda(\"" + entry.name()
                                + "\", …), as docs/custom-layers.md shows"
                        : RefusedLayers.reason(entry.className())
                                .orElse("this kind of layer is not supported; README.md lists those that are, and"
                                        + " docs/custom-layers.md shows how to add a class of your own"));
    }

    /** Reads what all layers have, and gives the dtype policy. */
    private static String finish(LayerEntry entry, ConfigReader options) {
        options.ignore("name", "batch_input_shape", "input_dtype", "trainable");
        if (!entry.className().equals("InputLayer")) {
            options.ignore("batch_shape");
        }
        options.keepForTraining("activity_regularizer");
        String dtypePolicy = DtypePolicy.read(options);
        options.finish();
        return dtypePolicy;
    }

    private static String message(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }
}
