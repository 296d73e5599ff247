package io.atelier.keras;

import io.atelier.keras.layer.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
