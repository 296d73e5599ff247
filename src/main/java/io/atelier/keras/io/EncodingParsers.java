package io.atelier.keras.io;

import io.atelier.keras.layer.CategoryEncoding;
import io.atelier.keras.layer.Discretization;
import io.atelier.keras.layer.EncodingMode;
import java.util.Map;

/** Reads the layers of keras.layers.preprocessing that make categories, or vectors of them. */
final class EncodingParsers {
    private EncodingParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        table.put("CategoryEncoding", EncodingParsers::categoryEncoding);
        table.put("Discretization", EncodingParsers::discretization);
    }

    private static CategoryEncoding categoryEncoding(ConfigReader options) {
        refuseSparse(options);
        return new CategoryEncoding(options.integer("num_tokens"), options.word("output_mode", EncodingMode.MULTI_HOT));
    }

    private static Discretization discretization(ConfigReader options) {
        refuseSparse(options);
        // How the boundaries were found.
        options.keepForTraining("num_bins", "epsilon");
        return new Discretization(
                options.optionalNumbers("bin_boundaries")
                        .orElseThrow(() -> new IllegalArgumentException(
                                "option 'bin_boundaries' is missing; call layer.adapt(data) before saving the model")),
                options.word("output_mode", EncodingMode.INT));
    }

    private static void refuseSparse(ConfigReader options) {
        options.refuseUnless("sparse", false, "Build the model with dense outputs");
    }
}
