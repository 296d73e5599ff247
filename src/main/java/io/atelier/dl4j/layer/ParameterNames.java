package io.atelier.dl4j.layer;

import java.util.HashMap;
import java.util.Map;

/**
 * Deeplearning4j's names for parameters that Keras names: with a hyphen for each underscore, behind the last of which
 * Deeplearning4j looks for a parameter's name when it trains.
 */
public final class ParameterNames {
    private ParameterNames() {}

    /** The name of the parameter that holds a weight. */
    public static String of(String weight) {
        return weight.replace('_', '-');
    }

    /** The same values, under the names of parameters. */
    public static <T> Map<String, T> of(Map<String, T> weights) {
        Map<String, T> renamed = new HashMap<>();
        weights.forEach((name, value) -> renamed.put(of(name), value));
        return renamed;
    }
}
