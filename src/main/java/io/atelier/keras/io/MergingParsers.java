package io.atelier.keras.io;

import io.atelier.keras.layer.Concatenate;
import io.atelier.keras.layer.Dot;
import io.atelier.keras.layer.ElementwiseMerge;
import io.atelier.keras.layer.MergeKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Reads the layers of keras.layers.merging. */
final class MergingParsers {
    private MergingParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        for (MergeKind kind : MergeKind.values()) {
            table.put(kind.className(), options -> new ElementwiseMerge(kind));
        }
        table.put("Concatenate", options -> new Concatenate(options.integer("axis", -1)));
        table.put(
                "Dot",
                options -> new Dot(
                        options.optionalIntegers("axes")
                                .map(MergingParsers::pair)
                                .orElse(List.of()),
                        options.flag("normalize", false)));
        // Those of Keras 1 that are none of these.
        table.put("Merge", options -> {
            throw new UnsupportedOptionException("mode must be one of [sum, mul, ave, max, concat, dot]; received '"
                    + options.optionalText("mode").orElse("") + "'. Save the model with the layers of Keras 2 instead");
        });
    }

    /** Whether layers of a class take a list of tensors, be it of one. */
    static boolean merges(String className) {
        return className.equals("Concatenate")
                || className.equals("Dot")
                || Arrays.stream(MergeKind.values())
                        .anyMatch(kind -> kind.className().equals(className));
    }

    /** A single axis stands for both inputs. */
    private static List<Integer> pair(List<Integer> axes) {
        return axes.size() == 1 ? Collections.nCopies(2, axes.get(0)) : axes;
    }
}
