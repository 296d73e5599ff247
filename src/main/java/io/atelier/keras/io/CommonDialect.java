package io.atelier.keras.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what a layer of Keras 3 is in words that Keras 2 understands too, as far as there are any, so that both load an
 * {@code .h5}: options that only Keras 3 has are left out where they have their default.
 */
final class CommonDialect {
    private static final Map<String, Object> DEFAULTS = Map.of(
            "zero_output_for_mask", false,
            "rms_scaling", false,
            "use_gate", false,
            "optional", false,
            "antialias", false,
            "pad_to_aspect_ratio", false);

    /** Options of Keras 3 that are null by default. */
    private static final Set<String> NULLS =
            Set.of("quantization_config", "input_axes", "output_axes", "sliding_window", "seed");

    /** Layers that have an order of axes in Keras 3 only. */
    private static final Set<String> WITHOUT_DATA_FORMAT =
            Set.of("CenterCrop", "RandomFlip", "Resizing", "ZeroPadding1D");

    private CommonDialect() {}

    /** A layer of an {@code .h5}; one that is no layer of Keras's own stays as it is. */
    static Map<String, @Nullable Object> layer(Map<String, @Nullable Object> layer) {
        String className = String.valueOf(layer.get("class_name"));
        if (LayerTree.isModel(layer) || !LayerParsers.handles(className) || LayerEntry.isCustom(layer)) {
            return layer;
        }
        Map<String, @Nullable Object> config = LayerTree.object(options(layer.get("config")));
        if (className.equals("InputLayer") && config.containsKey("batch_shape")) {
            config.put("batch_input_shape", config.remove("batch_shape"));
        }
        if (className.equals("LeakyReLU") && config.containsKey("negative_slope")) {
            config.put("alpha", config.remove("negative_slope"));
        }
        if (WITHOUT_DATA_FORMAT.contains(className)) {
            config.remove("data_format", "channels_last");
        }
        Map<String, @Nullable Object> common = new LinkedHashMap<>(layer);
        common.put("config", config);
        return common;
    }

    /** The same without what is the default of Keras 3, and with the names of policies in their place. */
    static @Nullable Object options(@Nullable Object value) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(options(item)));
            return items;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if ("DTypePolicy".equals(map.get("class_name")) && map.get("config") instanceof Map<?, ?> policy) {
            return policy.get("name");
        }
        Map<String, @Nullable Object> common = LayerTree.object(map);
        common.entrySet()
                .removeIf(option -> option.getValue() == null
                        ? NULLS.contains(option.getKey())
                        : option.getValue().equals(DEFAULTS.get(option.getKey())));
        common.replaceAll((name, item) -> options(item));
        return common;
    }

    /** An optimizer, whose options Keras 2 does not all have, without those that are at their default. */
    static @Nullable Object optimizer(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map) || !(map.get("config") instanceof Map<?, ?> options)) {
            return value;
        }
        Map<String, @Nullable Object> config = LayerTree.object(options);
        config.values().removeIf(option -> option == null);
        if (config.remove("use_ema", false)) {
            config.remove("ema_momentum", 0.99);
        }
        Map<String, @Nullable Object> optimizer = LayerTree.object(map);
        optimizer.put("config", config);
        return optimizer;
    }

    /**
     * The calls of the layers of a model in the form of Keras 2, {@code [[["x", 0, 0, {}]]]}, if each takes one tensor or a
     * list of them: else the form is Keras 3's.
     */
    static Map<String, @Nullable Object> calls(Map<String, @Nullable Object> model) {
        Map<String, @Nullable Object> config = LayerTree.object(model.get("config"));
        List<Map<String, @Nullable Object>> layers = new ArrayList<>();
        for (Object item : config.get("layers") instanceof List<?> list ? list : List.of()) {
            Map<String, @Nullable Object> layer = LayerTree.object(item);
            Optional<List<Object>> nodes = nodes(layer.get("inbound_nodes"));
            // Keras 2 and 3 count the calls of a model within a model from different numbers.
            if (nodes.isEmpty() || LayerTree.isModel(layer)) {
                return model;
            }
            layer.computeIfPresent("inbound_nodes", (name, calls) -> nodes.get());
            layers.add(layer);
        }
        config.put("layers", layers);
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(model);
        changed.put("config", config);
        return changed;
    }

    private static Optional<List<Object>> nodes(@Nullable Object nodes) {
        List<Object> calls = new ArrayList<>();
        for (Object node : nodes instanceof List<?> list ? list : List.of()) {
            Optional<Object> call = node instanceof Map<?, ?> map ? call(map) : Optional.empty();
            if (call.isEmpty()) {
                return Optional.empty();
            }
            calls.add(call.get());
        }
        return Optional.of(calls);
    }

    private static Optional<Object> call(Map<?, ?> node) {
        Map<String, @Nullable Object> keywords = new LinkedHashMap<>(LayerTree.object(node.get("kwargs")));
        // Keras 3 tells every layer by itself whether it trains; Keras 2 would take this for an order.
        keywords.remove("training", true);
        boolean isPlain = keywords.entrySet().stream()
                .allMatch(keyword -> keyword.getValue() == null || keyword.getValue() instanceof Boolean);
        if (!isPlain || !(node.get("args") instanceof List<?> arguments) || arguments.size() != 1) {
            return Optional.empty();
        }
        boolean isList = arguments.get(0) instanceof List<?>;
        List<?> tensors = arguments.get(0) instanceof List<?> list ? list : arguments;
        List<List<Object>> inputs = new ArrayList<>();
        for (Object tensor : tensors) {
            if (!(tensor instanceof Map<?, ?> map
                    && "__keras_tensor__".equals(map.get("class_name"))
                    && map.get("config") instanceof Map<?, ?> config
                    && config.get("keras_history") instanceof List<?> history)) {
                return Optional.empty();
            }
            List<Object> input = new ArrayList<>();
            history.forEach(part -> input.add(Objects.requireNonNull(part)));
            input.add(inputs.isEmpty() ? keywords : Map.of());
            inputs.add(input);
        }
        // Of a list of one, Keras 3 would take the tensor alone.
        return isList && inputs.size() == 1 ? Optional.empty() : Optional.of(inputs);
    }
}
