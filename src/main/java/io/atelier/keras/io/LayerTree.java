package io.atelier.keras.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Walks through the config of a model, and of the models nested in it, without understanding its layers. */
final class LayerTree {
    private LayerTree() {}

    /**
     * The model with another config for each layer, and for each nested model, which is given with its layers changed
     * already.
     *
     * @param change is given the name of a layer among those of the whole model, {@code nested/dense}, and its config
     */
    static Map<String, @Nullable Object> map(
            Map<String, @Nullable Object> model,
            BiFunction<String, Map<String, @Nullable Object>, Map<String, @Nullable Object>> change) {
        return map(model, "", change);
    }

    private static Map<String, @Nullable Object> map(
            Map<String, @Nullable Object> model,
            String prefix,
            BiFunction<String, Map<String, @Nullable Object>, Map<String, @Nullable Object>> change) {
        Map<String, @Nullable Object> config = object(model.get("config"));
        List<Map<String, @Nullable Object>> layers = new ArrayList<>();
        for (Object item : config.get("layers") instanceof List<?> list ? list : List.of()) {
            Map<String, @Nullable Object> layer = object(item);
            String name = prefix + name(layer);
            layers.add(change.apply(name, isModel(layer) ? map(layer, name + "/", change) : layer));
        }
        config.put("layers", layers);
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(model);
        changed.put("config", config);
        return changed;
    }

    private static String name(Map<String, @Nullable Object> layer) {
        Object ofConfig = object(layer.get("config")).get("name");
        Object ofLayer = layer.get("name");
        boolean isOfLayer = ofConfig == null || (isModel(layer) && ofLayer != null);
        return String.valueOf(isOfLayer ? ofLayer : ofConfig);
    }

    /** Whether a layer is a model whose layers are known. */
    static boolean isModel(Map<String, @Nullable Object> layer) {
        return List.of("Sequential", "Functional", "Model").contains(String.valueOf(layer.get("class_name")))
                && !LayerEntry.isCustom(layer)
                && object(layer.get("config")).get("layers") instanceof List<?>;
    }

    /** A copy of a JSON object that may be changed; an empty one if the value is something else. */
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> copy.put(String.valueOf(key), item));
        }
        return copy;
    }
}
