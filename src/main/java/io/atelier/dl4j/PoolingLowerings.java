package io.atelier.dl4j;

import io.atelier.dl4j.layer.GlobalPool;
import io.atelier.dl4j.layer.Pool;
import io.atelier.dl4j.layer.SavedWindow;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.GlobalPooling;
import io.atelier.keras.layer.Pooling;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.SlidingWindow;
import java.util.List;
import java.util.Map;

/** Pooling, in Keras's data format. */
final class PoolingLowerings {
    private PoolingLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.add(Pooling.class, (config, input) -> List.of(pooling(config)));
        lowerings.add(GlobalPooling.class, (config, input) -> List.of(globalPooling(config)));
    }

    private static Lowered pooling(Pooling config) {
        SlidingWindow window = config.window();
        if (window.rank() != 2 || !SamePadding.isRight(window)) {
            return Lowered.of(new Pool(config.kind() == PoolingKind.MAX, SavedWindow.of(window)));
        }
        return new Lowered(
                config.className(),
                Map.of(
                        "pool_size", window.size(),
                        "strides", window.strides(),
                        "padding", SamePadding.lowered(window).kerasName(),
                        "data_format", window.dataFormat().kerasName()));
    }

    private static Lowered globalPooling(GlobalPooling config) {
        return Lowered.of(new GlobalPool(
                config.kind() == PoolingKind.MAX, config.dataFormat() == DataFormat.CHANNELS_FIRST, config.keepdims()));
    }
}
