package io.atelier.keras;

import io.atelier.keras.layer.LayerConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A layer of a model: its name, what it is, and its weights.
 *
 * @param name unique within the model
 * @param config what the layer is
 * @param weights by Keras's name within the layer ({@code kernel}), in Keras's order
 * @param trainable whether training may change the weights
 * @param dtypePolicy in which precision Keras ran the layer: {@code float32}, {@code mixed_float16}; Atelier always
 *     computes in float32
 * @param trainingOptions options that only matter to training and to writing the model back (initializers,
 *     regularizers, constraints), as the file has them
 */
public record KerasLayer(
        String name,
        LayerConfig config,
        Map<String, Tensor> weights,
        boolean trainable,
        String dtypePolicy,
        Map<String, Object> trainingOptions) {
    public KerasLayer {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        trainingOptions = Collections.unmodifiableMap(new LinkedHashMap<>(trainingOptions));
    }

    /** A layer as Keras makes it by default: trainable, in float32. */
    public KerasLayer(String name, LayerConfig config, Map<String, Tensor> weights) {
        this(name, config, weights, true, "float32", Map.of());
    }

    /** Keras's name for the kind of layer: {@code Conv2D}. */
    public String className() {
        return config.className();
    }

    /**
     * The weight of this name.
     *
     * @throws IllegalArgumentException if the layer has no such weight
     */
    public Tensor weight(String weightName) {
        Tensor weight = weights.get(weightName);
        if (weight == null) {
            throw new IllegalArgumentException(
                    "layer '" + name + "' has no weight '" + weightName + "', only " + weights.keySet());
        }
        return weight;
    }

    /** The number of values in all weights. */
    public long parameterCount() {
        return weights.values().stream().mapToLong(Tensor::valueCount).sum();
    }

    /** This layer with other weights. */
    public KerasLayer withWeights(Map<String, Tensor> newWeights) {
        return new KerasLayer(name, config, newWeights, trainable, dtypePolicy, trainingOptions);
    }

    /** This layer as one of another kind. */
    public KerasLayer withConfig(LayerConfig newConfig) {
        return new KerasLayer(name, newConfig, weights, trainable, dtypePolicy, trainingOptions);
    }

    @Override
    public String toString() {
        return "'" + name + "' (" + className() + ")";
    }
}
