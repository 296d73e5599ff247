package io.atelier.keras.io;

import io.atelier.keras.layer.CenterCrop;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Interpolation;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Resizing;
import java.util.List;
import java.util.Map;

/** Reads the layers of keras.layers.preprocessing that make pictures another size. */
final class ResizingParsers {
    private ResizingParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        table.put("Resizing", ResizingParsers::resizing);
        table.put(
                "CenterCrop",
                options -> new CenterCrop(options.integer("height"), options.integer("width"), dataFormat(options)));
    }

    private static LayerConfig resizing(ConfigReader options) {
        options.optionalText("interpolation")
                .filter(List.of("lanczos3", "lanczos5", "gaussian", "area", "mitchellcubic")::contains)
                .ifPresent(name -> {
                    throw new UnsupportedOptionException("interpolation must be one of "
                            + ConfigReader.words(Interpolation.class) + "; received '" + name
                            + "'. Use one of these, or resize before the model");
                });
        options.refuseUnless("antialias", false, "Resize before the model, or without antialias");
        options.refuseUnless("fill_mode", "constant", "Keras knows no other");
        boolean isCropped = options.flag("crop_to_aspect_ratio", false);
        boolean isPadded = options.flag("pad_to_aspect_ratio", false);
        if (isCropped && isPadded) {
            throw new IllegalArgumentException("of crop_to_aspect_ratio and pad_to_aspect_ratio only one can be true");
        }
        return new Resizing(
                options.integer("height"),
                options.integer("width"),
                options.word("interpolation", Interpolation.BILINEAR),
                isCropped ? Resizing.Fit.CROP : isPadded ? Resizing.Fit.PAD : Resizing.Fit.STRETCH,
                options.number("fill_value", 0),
                dataFormat(options));
    }

    private static DataFormat dataFormat(ConfigReader options) {
        return options.word("data_format", DataFormat.CHANNELS_LAST);
    }
}
