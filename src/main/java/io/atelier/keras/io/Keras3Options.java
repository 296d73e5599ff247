package io.atelier.keras.io;

import io.atelier.keras.layer.ActivationFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the options of a layer of Keras 1 or 2, as the reader has put them into Keras 3's terms, the form in which Keras 3
 * itself takes them: without those it does not know, and with the module of every object among them.
 */
final class Keras3Options {
    /** What Keras 3 has no argument for: how a layer was run or built, and what all have at their default. */
    private static final Set<String> UNKNOWN = Set.of(
            "batch_input_shape",
            "input_dtype",
            "input_length",
            "implementation",
            "time_major",
            "num_constants",
            "rng_type",
            "force_generator",
            "robust_masking",
            "fused",
            "virtual_batch_size",
            "query_shape",
            "key_shape",
            "value_shape",
            "softmax_robust_masking",
            InboundNodes.USE_CAUSAL_MASK,
            InboundNodes.MASKS);

    /** Convolutions whose options Keras 2 wrote as if they were a Conv2D. */
    private static final Set<String> WITHOUT_GROUPS = Set.of(
            "Conv1DTranspose",
            "Conv2DTranspose",
            "Conv3DTranspose",
            "DepthwiseConv1D",
            "DepthwiseConv2D",
            "SeparableConv1D",
            "SeparableConv2D");

    private static final Map<String, String> CLASSES = Map.of("CuDNNLSTM", "LSTM", "CuDNNGRU", "GRU");

    private static final Map<String, String> INITIALIZERS_OF_KERAS_1 =
            Map.of("zero", "zeros", "one", "ones", "uniform", "random_uniform", "normal", "random_normal");

    private Keras3Options() {}

    /** The class of a layer of Keras 3 that is the same as this one. */
    static String className(String keras2Name) {
        return CLASSES.getOrDefault(keras2Name, keras2Name);
    }

    /** @param className in Keras 3's terms, or of cuDNN */
    static Map<String, @Nullable Object> of(String className, Map<String, ? extends @Nullable Object> options) {
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        options.forEach((name, value) -> {
            boolean isKernelOfDepthwise = className.matches("(Depthwise|Separable).*")
                    && name.startsWith("kernel_")
                    && !name.equals("kernel_size");
            boolean isUnknown = UNKNOWN.contains(name)
                    || isKernelOfDepthwise
                    || (name.equals("groups") && WITHOUT_GROUPS.contains(className));
            if (!isUnknown) {
                known.put(name, option(name, value));
            }
        });
        if (className.equals("InputLayer")) {
            known.putIfAbsent("batch_shape", options.get("batch_input_shape"));
            known.keySet().retainAll(Set.of("name", "batch_shape", "dtype"));
            Optional.ofNullable(options.get("input_dtype")).ifPresent(dtype -> known.put("dtype", dtype));
        }
        if (className.startsWith("SpatialDropout") || className.equals("Discretization")) {
            known.keySet().removeAll(Set.of("trainable", "noise_shape"));
        }
        if (className.startsWith("SeparableConv") && "causal".equals(known.get("padding"))) {
            throw new UnsupportedOptionException(
                    "padding causal is not known to Keras 3's layer; put a ZeroPadding1D in"
                            + " front of it in Python, and save it again");
        }
        if (className.equals("LeakyReLU") && known.get("alpha") != null) {
            known.put("negative_slope", known.remove("alpha"));
        }
        if (Set.of("GRU", "GRUCell", "CuDNNGRU").contains(className)) {
            // Keras 3 takes it for true where it is missing.
            known.putIfAbsent("reset_after", className.startsWith("CuDNN"));
        }
        if (className.equals("BatchNormalization") && known.get("axis") instanceof List<?> axes && axes.size() == 1) {
            known.put("axis", axes.get(0));
        }
        if (className.equals("Bidirectional") && known.get("backward_layer") == null) {
            known.put("backward_layer", backward(LayerTree.object(known.get("layer"))));
        }
        return known;
    }

    /** The layer of the other direction, which Keras 3 writes and, if it is missing, makes of the first in a way that may fail. */
    private static Map<String, @Nullable Object> backward(Map<String, @Nullable Object> forward) {
        Map<String, @Nullable Object> config = LayerTree.object(forward.get("config"));
        config.put("name", "backward_" + config.get("name"));
        config.put("go_backwards", !Boolean.TRUE.equals(config.get("go_backwards")));
        Map<String, @Nullable Object> backward = new LinkedHashMap<>(forward);
        backward.put("config", config);
        return backward;
    }

    private static @Nullable Object option(String name, @Nullable Object value) {
        if (name.endsWith("_initializer")) {
            return value instanceof String text
                    ? INITIALIZERS_OF_KERAS_1.getOrDefault(text, text)
                    : object("keras.initializers", value, Set.of("dtype"));
        }
        if (name.endsWith("_regularizer")) {
            return object("keras.regularizers", ofKeras1(value, "L1L2"), Set.of());
        }
        if (name.endsWith("_constraint")) {
            return object("keras.constraints", ofKeras1(value, ""), Set.of());
        }
        return switch (name) {
            case "layer", "backward_layer", "cell" -> layer(value);
            case "cells" -> value instanceof List<?> cells ? layers(cells) : value;
            case "activation", "recurrent_activation" -> activation(name, value);
            case Keras2Dialect.SMALLEST_NORM ->
                throw new UnsupportedOptionException("divides by a norm of at least " + value
                        + ", which no layer of Keras 3 does; take its own UnitNormalization in Python, and compare");
            case "dtype" -> policy(value);
            default -> value;
        };
    }

    private static @Nullable Object activation(String name, @Nullable Object value) {
        if (ActivationFunction.HARD_SIGMOID_OF_KERAS_2.kerasName().equals(value)) {
            throw new UnsupportedOptionException(
                    name + " hard_sigmoid of Keras 1 and 2 has another slope than Keras 3's,"
                            + " which has no name for it; take another function in Python, and train again");
        }
        return layer(value);
    }

    /** Keras 1 wrote {@code {"name": "WeightRegularizer", "l1": 0.0, "l2": 0.01}}. */
    private static @Nullable Object ofKeras1(@Nullable Object value, String className) {
        if (!(value instanceof Map<?, ?> map) || map.containsKey("class_name") || !map.containsKey("name")) {
            return value;
        }
        Map<String, @Nullable Object> config = LayerTree.object(map);
        Object name = config.remove("name");
        if (config.containsKey("m")) {
            config.put("max_value", config.remove("m"));
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("class_name", className.isEmpty() ? name : className);
        object.put("config", config);
        return object;
    }

    /** An object with its module, and without the options that Keras 3 does not know. */
    private static @Nullable Object object(String module, @Nullable Object value, Set<String> unknown) {
        if (!(value instanceof Map<?, ?> map) || !map.containsKey("class_name")) {
            return value;
        }
        Map<String, @Nullable Object> object = LayerTree.object(map);
        Map<String, @Nullable Object> config = LayerTree.object(map.get("config"));
        config.keySet().removeAll(unknown);
        object.put("config", config);
        object.putIfAbsent("module", module);
        object.putIfAbsent("registered_name", null);
        return object;
    }

    private static List<@Nullable Object> layers(List<?> layers) {
        List<@Nullable Object> converted = new ArrayList<>();
        layers.forEach(layer -> converted.add(layer(layer)));
        return converted;
    }

    /** A layer that is an option of another one. */
    private static @Nullable Object layer(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map) || !(map.get("config") instanceof Map<?, ?> config)) {
            return value;
        }
        String className = String.valueOf(map.get("class_name"));
        Map<String, @Nullable Object> layer = LayerTree.object(map);
        layer.put("class_name", className(className));
        layer.put("config", of(className, LayerTree.object(config)));
        return ClassPaths.inArchive(layer);
    }

    /** Keras 2's {@code {"class_name": "Policy", "config": {"name": "mixed_float16"}}} by its name. */
    private static @Nullable Object policy(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                        && map.get("config") instanceof Map<?, ?> config
                        && config.get("name") instanceof String name
                ? name
                : value;
    }
}
