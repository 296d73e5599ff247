package io.atelier.keras.io;

import io.atelier.keras.Problem;
import io.atelier.keras.layer.LayerConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        Optional<LayerParser> parser =
                Optional.ofNullable(TABLE.get(entry.className())).or(() -> customLayers.parser(entry));
        if (parser.isEmpty()) {
            problems.unsupported(Problem.ofLayer(
                    entry.name(),
                    entry.fileClassName(),
                    entry.className().equals("Lambda")
                            ? "a Lambda layer holds Python code, which is never run; replace it by layers of Keras, or say"
                                    + " what it computes: CustomLayers.builder().lambda(\"" + entry.name()
                                    + "\", …), as docs/custom-layers.md shows"
                            : "this kind of layer is not supported; README.md lists those that are, and"
                                    + " docs/custom-layers.md shows how to add a class of your own"));
            return Optional.empty();
        }
        try {
            ConfigReader options = new ConfigReader(entry.config());
            options.ignore("name", "batch_input_shape", "input_dtype");
            if (!entry.className().equals("InputLayer")) {
                options.ignore("batch_shape");
            }
            boolean trainable = options.flag("trainable", true);
            String dtypePolicy = DtypePolicy.read(options);
            LayerConfig config = parser.get().parse(options);
            options.keepForTraining("activity_regularizer");
            options.finish();
            return Optional.of(
                    new ParsedLayer(config, trainable, dtypePolicy, new LinkedHashMap<>(options.trainingOptions())));
        } catch (UnsupportedOptionException e) {
            problems.unsupported(Problem.ofLayer(entry.name(), entry.fileClassName(), message(e)));
        } catch (IllegalArgumentException e) {
            problems.invalid(Problem.ofLayer(entry.name(), entry.fileClassName(), message(e)));
        }
        return Optional.empty();
    }

    private static String message(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }
}
