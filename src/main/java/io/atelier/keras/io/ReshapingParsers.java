package io.atelier.keras.io;

import io.atelier.keras.layer.Cropping;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Flatten;
import io.atelier.keras.layer.Interpolation;
import io.atelier.keras.layer.Margin;
import io.atelier.keras.layer.Permute;
import io.atelier.keras.layer.RepeatVector;
import io.atelier.keras.layer.Reshape;
import io.atelier.keras.layer.UpSampling;
import io.atelier.keras.layer.ZeroPadding;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the layers of keras.layers.reshaping. */
final class ReshapingParsers {
    private ReshapingParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        table.put("Flatten", options -> new Flatten(dataFormat(options)));
        table.put("Permute", options -> new Permute(options.integers("dims")));
        table.put("RepeatVector", options -> new RepeatVector(options.integer("n")));
        table.put("Reshape", options -> new Reshape(options.integers("target_shape")));
        for (int rank = 1; rank <= 3; rank++) {
            int axes = rank;
            table.put(
                    "Cropping" + rank + "D",
                    options -> new Cropping(margins(options, "cropping", axes), dataFormat(options)));
            table.put(
                    "ZeroPadding" + rank + "D",
                    options -> new ZeroPadding(margins(options, "padding", axes), dataFormat(options)));
            table.put("UpSampling" + rank + "D", options -> upSampling(options, axes));
        }
    }

    private static DataFormat dataFormat(ConfigReader options) {
        return options.word("data_format", DataFormat.CHANNELS_LAST);
    }

    private static UpSampling upSampling(ConfigReader options, int rank) {
        options.optionalText("interpolation")
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(List.of("bicubic", "lanczos3", "lanczos5", "gaussian", "area", "mitchellcubic")::contains)
                .ifPresent(name -> {
                    throw new UnsupportedOptionException("interpolation must be one of [nearest, bilinear]; received '"
                            + name + "'. Use one of these, or resize before the model");
                });
        return new UpSampling(
                options.optionalSpatial("size", rank).orElse(Collections.nCopies(rank, 2)),
                dataFormat(options),
                options.word("interpolation", Interpolation.NEAREST));
    }

    /**
     * Of a single spatial axis, one integer or two; of several, one integer for all, or for each axis one integer or two.
     */
    private static List<Margin> margins(ConfigReader options, String option, int rank) {
        Object value = options.value(option)
                .orElseThrow(
                        () -> new IllegalArgumentException("option '" + option + "' is missing; save the model again"));
        if (rank == 1) {
            return List.of(margin(option, value));
        }
        if (!(value instanceof List<?> axes)) {
            return Collections.nCopies(rank, margin(option, value));
        }
        if (axes.size() != rank) {
            throw new IllegalArgumentException(option + " must have " + rank
                    + " entries, one for each spatial axis; received " + ConfigReader.brief(value));
        }
        return axes.stream()
                .map(axis -> margin(option, axis == null ? "null" : ConfigReader.plain(axis)))
                .toList();
    }

    private static Margin margin(String option, Object value) {
        if (value instanceof Integer both) {
            return new Margin(both, both);
        }
        if (value instanceof List<?> ends
                && ends.size() == 2
                && ends.get(0) instanceof Integer before
                && ends.get(1) instanceof Integer after) {
            return new Margin(before, after);
        }
        throw new IllegalArgumentException(
                option + " must be one integer or two for each spatial axis; received " + ConfigReader.brief(value));
    }
}
