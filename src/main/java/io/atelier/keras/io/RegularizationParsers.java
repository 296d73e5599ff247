package io.atelier.keras.io;

import io.atelier.keras.layer.ActivityRegularization;
import io.atelier.keras.layer.AlphaDropout;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Dropout;
import io.atelier.keras.layer.GaussianDropout;
import io.atelier.keras.layer.GaussianNoise;
import io.atelier.keras.layer.RandomAugmentation;
import io.atelier.keras.layer.SpatialDropout;
import java.util.List;
import java.util.Map;

/** Reads the layers that do something in training only: keras.layers.regularization and random changes of pictures. */
final class RegularizationParsers {
    /** Those of keras.layers whose {@code call} does nothing unless {@code training}. */
    private static final List<String> AUGMENTATIONS = List.of(
            "AugMix",
            "CutMix",
            "MixUp",
            "RandAugment",
            "RandomBrightness",
            "RandomColorDegeneration",
            "RandomColorJitter",
            "RandomContrast",
            "RandomElasticTransform",
            "RandomErasing",
            "RandomFlip",
            "RandomGaussianBlur",
            "RandomGrayscale",
            "RandomHue",
            "RandomInvert",
            "RandomPerspective",
            "RandomPosterization",
            "RandomRotation",
            "RandomSaturation",
            "RandomSharpness",
            "RandomShear",
            "RandomTranslation",
            "RandomZoom",
            "Solarization");

    private RegularizationParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        table.put("Dropout", RegularizationParsers::dropout);
        for (int rank = 1; rank <= 3; rank++) {
            int axes = rank;
            table.put("SpatialDropout" + rank + "D", options -> spatialDropout(options, axes));
        }
        table.put(
                "GaussianNoise",
                options -> new GaussianNoise(options.number("stddev", 0), options.optionalLong("seed")));
        table.put(
                "GaussianDropout",
                options -> new GaussianDropout(options.number("rate", 0), options.optionalLong("seed")));
        table.put(
                "AlphaDropout",
                options -> new AlphaDropout(
                        options.number("rate", 0),
                        options.optionalNoiseShape("noise_shape"),
                        options.optionalLong("seed")));
        table.put(
                "ActivityRegularization",
                options -> new ActivityRegularization(options.number("l1", 0), options.number("l2", 0)));
        AUGMENTATIONS.forEach(className -> table.put(className, options -> augmentation(options, className)));
    }

    private static Dropout dropout(ConfigReader options) {
        return new Dropout(
                options.number("rate", 0.5), options.optionalNoiseShape("noise_shape"), options.optionalLong("seed"));
    }

    private static SpatialDropout spatialDropout(ConfigReader options, int rank) {
        // Keras 2 wrote Dropout's noise_shape as well, and did not look at it.
        options.ignore("noise_shape");
        return new SpatialDropout(
                rank,
                options.number("rate", 0),
                options.word("data_format", DataFormat.CHANNELS_LAST),
                options.optionalLong("seed"));
    }

    private static RandomAugmentation augmentation(ConfigReader options, String className) {
        options.keepRestForTraining();
        return new RandomAugmentation(className);
    }
}
