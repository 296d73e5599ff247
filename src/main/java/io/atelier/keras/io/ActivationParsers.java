package io.atelier.keras.io;

import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ELU;
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
        options.keepForTraining("alpha_initializer", "alpha_regularizer", "alpha_constraint");
        return new PReLU(options.optionalIntegers("shared_axes").orElse(List.of()));
    }

    /** An activation function by name; one that Python code defines is refused. */
    static ActivationFunction function(ConfigReader options, String option, ActivationFunction byDefault) {
        Optional<Object> value = options.value(option);
        if (value.isEmpty()) {
            return byDefault;
        }
        Object name = value.get();
        if (name instanceof Map<?, ?> object
                && String.valueOf(object.get("module")).startsWith("keras")
                && object.get("config") instanceof String function) {
            name = function;
        }
        if (name instanceof String known) {
            Optional<ActivationFunction> function =
                    Named.parse(ActivationFunction.class, ALIASES.getOrDefault(known, known));
            if (function.isPresent()) {
                return function.get();
            }
        }
        throw new UnsupportedOptionException(option + " must be one of " + ConfigReader.words(ActivationFunction.class)
                + "; received " + ConfigReader.brief(name)
                + ". Other functions, those in Python code above all, are not supported");
    }
}
