package io.atelier.keras.io;

import io.atelier.keras.layer.CategoryEncoding;
import io.atelier.keras.layer.Discretization;
import io.atelier.keras.layer.EncodingMode;
import io.atelier.keras.layer.IntegerLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the layers of keras.layers.preprocessing that make categories, or vectors of them. */
final class EncodingParsers {
    private EncodingParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        table.put("CategoryEncoding", EncodingParsers::categoryEncoding);
        table.put("Discretization", EncodingParsers::discretization);
        table.put("IntegerLookup", EncodingParsers::integerLookup);
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

    private static IntegerLookup integerLookup(ConfigReader options) {
        refuseSparse(options);
        options.refuseUnless("invert", false, "Looking numbers up by their place is not supported");
        options.refuseUnless("num_oov_indices", 1, "Only one place for numbers outside of the vocabulary is supported");
        options.refuseUnless("oov_method", "floormod", "Other ways to place them are not supported");
        options.ignore(
                "vocabulary_dtype", "idf_weights", "salt", "vocabulary_size", "has_input_vocabulary", "encoding");
        if (options.optionalText("output_mode").filter("tf_idf"::equals).isPresent()) {
            throw new UnsupportedOptionException(
                    "output_mode must be one of [int, one_hot, multi_hot, count]; received 'tf_idf'");
        }
        EncodingMode mode = options.word("output_mode", EncodingMode.INT);
        Optional<Long> maskToken = options.optionalLong("mask_token");
        if (maskToken.isPresent() && mode != EncodingMode.INT) {
            throw new UnsupportedOptionException(
                    "mask_token must be None with another output_mode than 'int'; received " + maskToken.get());
        }
        List<Long> vocabulary = vocabulary(options, maskToken);
        int places = vocabulary.size() + 1;
        Optional<Integer> most = options.optionalLong("max_tokens").map(Long::intValue);
        boolean isPadded = options.flag("pad_to_max_tokens", false);
        return new IntegerLookup(vocabulary, maskToken, isPadded ? most.orElse(places) : places, mode);
    }

    private static List<Long> vocabulary(ConfigReader options, Optional<Long> maskToken) {
        Object numbers = options.value("vocabulary")
                .orElseThrow(
                        () -> new UnsupportedOptionException(
                                "vocabulary must be in the config, not in a file of its own; build the layer with"
                                        + " vocabulary=layer.get_vocabulary(include_special_tokens=False), and save the model again"));
        long oovToken = options.optionalLong("oov_token").orElse(-1L);
        List<Long> vocabulary = new ArrayList<>();
        for (Object number : numbers instanceof List<?> list ? list : List.of()) {
            if (!(number instanceof Number whole)
                    || Math.abs(whole.longValue()) > IntegerLookup.LARGEST
                    || whole.longValue() == oovToken
                    || maskToken.filter(mask -> mask == whole.longValue()).isPresent()) {
                throw new UnsupportedOptionException("vocabulary must be whole numbers up to " + IntegerLookup.LARGEST
                        + ", without the oov_token and the mask_token; received " + ConfigReader.brief(number));
            }
            vocabulary.add(whole.longValue());
        }
        return vocabulary;
    }

    private static void refuseSparse(ConfigReader options) {
        options.refuseUnless("sparse", false, "Build the model with dense outputs");
    }
}
