package io.atelier.keras;

import io.atelier.keras.layer.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the model was compiled: nothing of it matters to inference, so nothing in it is ever a reason to refuse a file.
 *
 * @param options optimizer, loss and metrics, as the file has them
 * @param optimizerVariables what the optimizer remembers between steps, in the file's order; empty if it was not saved
 */
public record TrainingConfig(Map<String, Object> options, List<OptimizerVariable> optimizerVariables) {
    public TrainingConfig {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        optimizerVariables = List.copyOf(optimizerVariables);
    }

    /** The class of the optimizer, such as {@code Adam}; empty if the file does not say. */
    public Optional<String> optimizer() {
        return Optional.ofNullable(options.getOrDefault("optimizer_config", options.get("optimizer")))
                .map(TrainingConfig::describe);
    }

    /** The loss, or losses, in words: {@code mse}, {@code [mse, MeanAbsoluteError]}; empty if the file does not say. */
    public Optional<String> loss() {
        return Optional.ofNullable(options.get("loss")).map(TrainingConfig::describe);
    }

    private static String describe(Object value) {
        if (value instanceof Map<?, ?> map) {
            Object className = map.get("class_name");
            if (className == null) {
                return map.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + describeOrNone(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            }
            Object config = map.get("config");
            // A function of the user's own stands as its name.
            return "function".equals(className) && config != null
                    ? String.valueOf(config)
                    : simple(className.toString());
        }
        if (value instanceof List<?> list) {
            return list.stream().map(TrainingConfig::describeOrNone).collect(Collectors.joining(", ", "[", "]"));
        }
        return simple(String.valueOf(value));
    }

    private static String describeOrNone(@Nullable Object value) {
        return value == null ? "none" : describe(value);
    }

    /** Keras 2.11 to 2.14 wrote its own new optimizers as {@code Custom>Adam}. */
    private static String simple(String name) {
        return name.startsWith("Custom>") ? name.substring("Custom>".length()) : name;
    }

    /** This without what the optimizer remembers. */
    public TrainingConfig withoutOptimizerVariables() {
        return new TrainingConfig(options, List.of());
    }

    /**
     * A variable of an optimizer.
     *
     * @param name its path in the file
     * @param shape every axis known
     * @param bytesPerValue 4 for float32, 8 for int64
     */
    public record OptimizerVariable(String name, Shape shape, int bytesPerValue) {}
}
