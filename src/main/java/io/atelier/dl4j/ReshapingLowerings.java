package io.atelier.dl4j;

import io.atelier.dl4j.layer.Crop;
import io.atelier.dl4j.layer.FlattenAxes;
import io.atelier.dl4j.layer.PermuteAxes;
import io.atelier.dl4j.layer.RepeatRow;
import io.atelier.dl4j.layer.ReshapeExamples;
import io.atelier.dl4j.layer.TensorFunction;
import io.atelier.dl4j.layer.UpSample;
import io.atelier.dl4j.layer.ZeroPad;
import io.atelier.keras.layer.Cropping;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Flatten;
import io.atelier.keras.layer.Interpolation;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Margin;
import io.atelier.keras.layer.Permute;
import io.atelier.keras.layer.RepeatVector;
import io.atelier.keras.layer.Reshape;
import io.atelier.keras.layer.UpSampling;
import io.atelier.keras.layer.ZeroPadding;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Layers that move, cut or repeat values, by functions of ours: Deeplearning4j's own know some ranks and data formats only,
 * and only repeat where Keras interpolates.
 */
final class ReshapingLowerings {
    private ReshapingLowerings() {}

    static void addTo(Lowerings lowerings) {
        add(
                lowerings,
                Cropping.class,
                config -> new Crop(
                        config.dataFormat().firstSpatialAxis(), before(config.cropping()), after(config.cropping())));
        add(lowerings, Flatten.class, config -> new FlattenAxes(config.dataFormat() == DataFormat.CHANNELS_FIRST));
        add(
                lowerings,
                Permute.class,
                config -> new PermuteAxes(
                        IntStream.concat(IntStream.of(0), config.dims().stream().mapToInt(Integer::intValue))
                                .toArray()));
        add(lowerings, RepeatVector.class, config -> new RepeatRow(config.n()));
        add(lowerings, Reshape.class, config -> new ReshapeExamples(ints(config.targetShape())));
        add(
                lowerings,
                UpSampling.class,
                config -> new UpSample(
                        config.dataFormat().firstSpatialAxis(),
                        ints(config.size()),
                        config.interpolation() == Interpolation.BILINEAR));
        add(
                lowerings,
                ZeroPadding.class,
                config -> new ZeroPad(
                        config.dataFormat().firstSpatialAxis(), before(config.padding()), after(config.padding())));
    }

    private static <C extends LayerConfig> void add(
            Lowerings lowerings, Class<C> config, Function<C, TensorFunction> function) {
        lowerings.add(config, (layer, input) -> List.of(Lowered.of(function.apply(layer))));
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] before(List<Margin> margins) {
        return margins.stream().mapToInt(Margin::before).toArray();
    }

    private static int[] after(List<Margin> margins) {
        return margins.stream().mapToInt(Margin::after).toArray();
    }
}
