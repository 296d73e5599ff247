package io.atelier.keras.io;

import io.atelier.keras.layer.CustomLayer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The layers that a program adds to those of Keras: by class name, or, for a Lambda, by the layer's name.
 *
 * <p>No Python is run: the program says what the class or the Lambda computes. Immutable and thread-safe.
 */
public final class CustomLayers {
    /** No layers beyond Keras's. */
    public static final CustomLayers NONE = builder().build();

    private final Map<String, Function<LayerOptions, CustomLayer>> classes;
    private final Map<String, CustomLayer> lambdas;

    private CustomLayers(Builder builder) {
        this.classes = Map.copyOf(builder.classes);
        this.lambdas = Map.copyOf(builder.lambdas);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the layers. */
    public static final class Builder {
        private final Map<String, Function<LayerOptions, CustomLayer>> classes = new HashMap<>();
        private final Map<String, CustomLayer> lambdas = new HashMap<>();

        private Builder() {}

        /**
         * Adds a class.
         *
         * @param className as in Python, without its package: {@code SpaceToDepth}
         * @param reader makes the record of what {@code get_config()} gave; name, dtype and trainable are read already
         * @throws IllegalArgumentException if the class was added before
         */
        public Builder layer(String className, Function<LayerOptions, CustomLayer> reader) {
            if (classes.putIfAbsent(className, reader) != null) {
                throw new IllegalArgumentException("class '" + className + "' is registered twice");
            }
            return this;
        }

        /**
         * Says what a Lambda computes.
         *
         * @param layerName the name of the layer in the model
         * @throws IllegalArgumentException if the layer was added before
         */
        public Builder lambda(String layerName, CustomLayer layer) {
            if (lambdas.putIfAbsent(layerName, layer) != null) {
                throw new IllegalArgumentException("Lambda '" + layerName + "' is registered twice");
            }
            return this;
        }

        public CustomLayers build() {
            return new CustomLayers(this);
        }
    }

    /** The parser of a layer that is not Keras's own. */
    Optional<LayerParser> parser(LayerEntry entry) {
        if (entry.className().equals("Lambda")) {
            return Optional.ofNullable(lambdas.get(entry.name())).map(layer -> options -> {
                options.ignore(
                        "function",
                        "function_type",
                        "module",
                        "arguments",
                        "mask",
                        "output_shape",
                        "output_shape_type",
                        "output_shape_module");
                return layer;
            });
        }
        // Keras 2 writes the package in front: Custom>SpaceToDepth.
        String className = entry.fileClassName();
        return Optional.ofNullable(classes.get(className.substring(className.lastIndexOf('>') + 1)))
                .map(reader -> options -> {
                    // Which inputs Keras casts to the layer's precision; all is float32 here.
                    options.ignore("autocast");
                    return reader.apply(options);
                });
    }
}
