package io.atelier.dl4j;

import io.atelier.dl4j.layer.Bins;
import io.atelier.dl4j.layer.Encode;
import io.atelier.keras.layer.CategoryEncoding;
import io.atelier.keras.layer.Discretization;
import io.atelier.keras.layer.EncodingMode;
import java.util.List;

/** Layers that make categories of numbers, and vectors of categories. */
final class EncodingLowerings {
    private EncodingLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.add(CategoryEncoding.class, (config, input) -> List.of(encode(config.numTokens(), config.mode())));
        lowerings.add(Discretization.class, (config, input) -> discretization(config));
    }

    private static List<Lowered> discretization(Discretization config) {
        Lowered bins = Lowered.of(new Bins(CoreLowerings.floats(config.binBoundaries())));
        return config.mode() == EncodingMode.INT ? List.of(bins) : List.of(bins, encode(config.bins(), config.mode()));
    }

    private static Lowered encode(int categories, EncodingMode mode) {
        return Lowered.of(new Encode(
                categories,
                mode == EncodingMode.ONE_HOT
                        ? Encode.Mode.APART
                        : mode == EncodingMode.COUNT ? Encode.Mode.COUNT : Encode.Mode.ANY));
    }
}
