package io.atelier.keras.io;

import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ActivationOption;
import io.atelier.keras.layer.ELU;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.LeakyReLU;
import io.atelier.keras.layer.Named;
import io.atelier.keras.layer.PReLU;
import io.atelier.keras.layer.ReLU;
import io.atelier.keras.layer.Softmax;
import io.atelier.keras.layer.ThresholdedReLU;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the layers of keras.layers.activations, and the activation options of other layers. */
final class ActivationParsers {
    private static final Map<String, String> ALIASES = Map.of("swish", "silu", "hard_swish", "hard_silu");

    /** Those of keras.activations that a file cannot mean. */
    private static final Map<String, String> REFUSED = Map.of(
            "glu",
            "halves an axis, while Keras goes on with the shape before it; split the tensor, and multiply with a sigmoid,"
                    + " in the model",
            "threshold",
            "takes two numbers, which the config does not have; use a ReLU or ThresholdedReLU layer");

    private static final Map<ActivationOption, ActivationOption> NAMED = Map.of(
            new Softmax(List.of(-1)), ActivationFunction.SOFTMAX,
            new ReLU(Optional.empty(), 0, 0), ActivationFunction.RELU);

    private ActivationParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        table.put("Activation", options -> new Activation(function(options, "activation", ActivationFunction.LINEAR)));
        table.put(
                "ReLU",
                options -> new ReLU(
                        options.optionalNumber("max_value"),
                        options.number("negative_slope", 0),
                        options.number("threshold", 0)));
        table.put("LeakyReLU", ActivationParsers::leakyReLU);
        table.put("ThresholdedReLU", options -> new ThresholdedReLU(options.number("theta", 1)));
        table.put("ELU", options -> new ELU(options.number("alpha", 1)));
        table.put("PReLU", ActivationParsers::pReLU);
        table.put(
                "Softmax",
                options -> new Softmax(options.optionalIntegers("axis").orElse(List.of(-1))));
    }

    private static LeakyReLU leakyReLU(ConfigReader options) {
        // Keras 2 called the slope alpha.
        return new LeakyReLU(options.number(options.has("alpha") ? "alpha" : "negative_slope", 0.3));
    }

    private static PReLU pReLU(ConfigReader options) {
        options.keepWeightsForTraining("alpha");
        return new PReLU(options.optionalIntegers("shared_axes").orElse(List.of()));
    }

    /** A function by its name, or as a layer; one that Python code defines is refused. */
    static ActivationOption function(ConfigReader options, String option, ActivationFunction byDefault) {
        Optional<Object> value = options.value(option);
        if (value.isEmpty()) {
            return byDefault;
        }
        Object function = value.get();
        if (function instanceof Map<?, ?> object && !LayerEntry.isCustom(object)) {
            if (object.get("config") instanceof Map<?, ?>) {
                return layer(option, object);
            }
            function = object.get("config") instanceof String name ? name : function;
        }
        if (function instanceof String name) {
            Optional<ActivationFunction> known =
                    Named.parse(ActivationFunction.class, ALIASES.getOrDefault(name, name));
            if (known.isPresent()) {
                return known.get();
            }
            if (REFUSED.containsKey(name)) {
                throw new UnsupportedOptionException(option + " '" + name + "' " + REFUSED.get(name));
            }
        }
        throw new UnsupportedOptionException(option + " must be one of " + ConfigReader.words(ActivationFunction.class)
                + "; received " + ConfigReader.brief(function)
                + ". Other functions, those in Python code above all, are not supported");
    }

    /** A layer as a function; one that a function by name is the same as becomes that. */
    private static ActivationOption layer(String option, Map<?, ?> object) {
        if ("__lambda__".equals(object.get("class_name"))) {
            throw new UnsupportedOptionException(
                    option
                            + " is Python code, which is never run. Name one of Keras's functions instead and save the model again");
        }
        LayerEntry entry = LayerEntry.nested(option, object);
        LayerConfig layer = LayerParsers.config(entry);
        if (layer instanceof Activation activation) {
            return activation.function();
        }
        if (!(layer instanceof ActivationOption function)) {
            throw new UnsupportedOptionException(option + " must be a function, or a layer that is one and has no"
                    + " weights; received the layer '" + entry.className() + "'. Put it after this layer instead");
        }
        return NAMED.getOrDefault(function, function);
    }
}
