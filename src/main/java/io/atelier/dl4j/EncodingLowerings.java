package io.atelier.dl4j;

import io.atelier.dl4j.layer.Bins;
import io.atelier.dl4j.layer.Encode;
import io.atelier.dl4j.layer.Places;
import io.atelier.keras.layer.CategoryEncoding;
import io.atelier.keras.layer.Discretization;
import io.atelier.keras.layer.EncodingMode;
import io.atelier.keras.layer.IntegerLookup;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Layers that make categories of numbers, and vectors of categories. */
final class EncodingLowerings {
    private EncodingLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.add(CategoryEncoding.class, (config, input) -> List.of(encode(config.numTokens(), config.mode())));
        lowerings.add(Discretization.class, (config, input) -> discretization(config));
        lowerings.add(IntegerLookup.class, (config, input) -> integerLookup(config));
    }

    private static List<Lowered> integerLookup(IntegerLookup config) {
        SortedMap<Long, Integer> places = new TreeMap<>();
        config.maskToken().ifPresent(token -> places.put(token, 0));
        int ofOthers = places.size();
        for (int i = 0; i < config.vocabulary().size(); i++) {
            places.put(config.vocabulary().get(i), ofOthers + 1 + i);
        }
        Lowered lookup = Lowered.of(new Places(
                places.keySet().stream().mapToLong(Long::longValue).toArray(),
                places.values().stream().mapToInt(Integer::intValue).toArray(),
                ofOthers));
        return config.mode() == EncodingMode.INT
                ? List.of(lookup)
                : List.of(lookup, encode(config.size(), config.mode()));
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
