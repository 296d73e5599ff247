package io.atelier.keras.io;

import io.atelier.keras.layer.AdaptivePooling;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.GlobalPooling;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.Pooling;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.SlidingWindow;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Reads the layers of keras.layers.pooling. */
final class PoolingParsers {
    private PoolingParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        for (int rank = 1; rank <= 3; rank++) {
            int axes = rank;
            table.put("MaxPooling" + rank + "D", options -> pooling(options, PoolingKind.MAX, axes));
            table.put("AveragePooling" + rank + "D", options -> pooling(options, PoolingKind.AVERAGE, axes));
            table.put("GlobalMaxPooling" + rank + "D", options -> globalPooling(options, PoolingKind.MAX, axes));
            table.put(
                    "GlobalAveragePooling" + rank + "D", options -> globalPooling(options, PoolingKind.AVERAGE, axes));
            table.put("AdaptiveMaxPooling" + rank + "D", options -> adaptive(options, PoolingKind.MAX, axes));
            table.put("AdaptiveAveragePooling" + rank + "D", options -> adaptive(options, PoolingKind.AVERAGE, axes));
        }
    }

    private static Pooling pooling(ConfigReader options, PoolingKind kind, int rank) {
        List<Integer> poolSize = options.optionalSpatial("pool_size", rank).orElse(Collections.nCopies(rank, 2));
        return new Pooling(
                kind,
                SlidingWindow.of(
                        poolSize,
                        options.optionalSpatial("strides", rank).orElse(poolSize),
                        options.word("padding", Padding.VALID),
                        options.word("data_format", DataFormat.CHANNELS_LAST)));
    }

    private static AdaptivePooling adaptive(ConfigReader options, PoolingKind kind, int rank) {
        return new AdaptivePooling(
                kind, options.spatial("output_size", rank), options.word("data_format", DataFormat.CHANNELS_LAST));
    }

    private static GlobalPooling globalPooling(ConfigReader options, PoolingKind kind, int rank) {
        return new GlobalPooling(
                kind, rank, options.word("data_format", DataFormat.CHANNELS_LAST), options.flag("keepdims", false));
    }
}
