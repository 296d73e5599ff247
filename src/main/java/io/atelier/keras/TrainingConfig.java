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
 * @param optimizerVariables which variables the optimizer had, in the file's order; empty if they were not saved
 * @param optimizerState what the optimizer remembers; empty if the file does not say, or it was not understood or not
 *     asked for
 * @param optimizerStateProblem why the state was not understood; empty if it was, or there is none
 */
public record TrainingConfig(
        Map<String, Object> options,
        List<OptimizerVariable> optimizerVariables,
        Optional<OptimizerState> optimizerState,
        Optional<String> optimizerStateProblem) {
    public TrainingConfig {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        optimizerVariables = List.copyOf(optimizerVariables);
    }

    /** A config of which the optimizer's state is not known. */
    public TrainingConfig(Map<String, Object> options, List<OptimizerVariable> optimizerVariables) {
        this(options, optimizerVariables, Optional.empty(), Optional.empty());
    }

    /** The class of the optimizer, such as {@code Adam}; empty if the file does not say. */
    public Optional<String> optimizer() {
        return optimizerConfig().map(TrainingConfig::describe);
    }

    private Optional<Object> optimizerConfig() {
        return Optional.ofNullable(options.getOrDefault("optimizer_config", options.get("optimizer")));
    }

    /** The options of the optimizer, such as {@code beta_1}; empty if the file has none. */
    public Map<String, Object> optimizerOptions() {
        Map<String, Object> found = new LinkedHashMap<>();
        if (optimizerConfig().orElse("") instanceof Map<?, ?> map && map.get("config") instanceof Map<?, ?> config) {
            config.forEach((name, value) -> {
                if (value != null) {
                    found.put(String.valueOf(name), value);
                }
            });
        }
        return found;
    }

    /** What the optimizer keeps for every weight; empty if it is not one of those that are known to keep the same for each. */
    public Optional<OptimizerSlots> optimizerSlots() {
        return optimizer().flatMap(name -> OptimizerSlots.of(name, optimizerOptions()));
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

    /** This with what the optimizer remembers. */
    public TrainingConfig withOptimizerState(OptimizerState state) {
        return new TrainingConfig(options, optimizerVariables, Optional.of(state), Optional.empty());
    }

    /** This with the reason why what the optimizer remembers is not understood. */
    public TrainingConfig withOptimizerStateProblem(String problem) {
        return new TrainingConfig(options, optimizerVariables, Optional.empty(), Optional.of(problem));
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
