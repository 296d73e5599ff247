package io.atelier.dl4j;

import io.atelier.dl4j.layer.GlobalPool;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.GlobalPooling;
import io.atelier.keras.layer.Pooling;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pooling, in Keras's data format. */
final class PoolingLowerings implements Lowering.Unary<Pooling> {
    private PoolingLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.add(Pooling.class, new PoolingLowerings());
        lowerings.add(GlobalPooling.class, (config, input) -> List.of(globalPooling(config)));
    }

    @Override
    public Optional<String> refusal(Pooling config) {
        return config.rank() == 2
                ? SamePadding.refusal(config.padding(), config.poolSize(), config.strides())
                : Optional.of("engine dl4j pools over 2 spatial axes only; received " + config.rank());
    }

    @Override
    public List<Lowered> lower(Pooling config, Shape input) {
        Map<String, Object> options = Map.of(
                "pool_size", config.poolSize(),
                "strides", config.strides(),
                "padding",
                        SamePadding.lowered(config.padding(), config.poolSize()).kerasName(),
                "data_format", config.dataFormat().kerasName());
        return List.of(new Lowered(config.className(), options));
    }

    private static Lowered globalPooling(GlobalPooling config) {
        return Lowered.of(new GlobalPool(
                config.kind() == PoolingKind.MAX, config.dataFormat() == DataFormat.CHANNELS_FIRST, config.keepdims()));
    }
}
