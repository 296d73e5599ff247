package io.atelier.keras.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the two kinds of file say which class a layer is of: an archive with its module, {@code {"module": "keras.layers",
 * "class_name": "Dense", "config": …, "registered_name": null}}, an {@code .h5} by its name alone.
 */
final class ClassPaths {
    /** The class of a layer in an archive, where it has another name than in an {@code .h5}. */
    private static final Map<String, String> NAMES_IN_ARCHIVES = Map.of("GroupedQueryAttention", "GroupQueryAttention");

    private static final Map<String, String> NAMES_IN_H5 = Map.of("GroupQueryAttention", "GroupedQueryAttention");

    /** What only an archive says of a layer. */
    private static final List<String> OF_ARCHIVES =
            List.of("module", "registered_name", "build_config", "compile_config", "shared_object_id");

    private ClassPaths() {}

    /** A layer, or a model, as an archive has it. */
    static Map<String, @Nullable Object> inArchive(Map<String, @Nullable Object> layer) {
        if (layer.containsKey("module")) {
            return layer;
        }
        String className = String.valueOf(layer.get("class_name"));
        Map<String, @Nullable Object> full = new LinkedHashMap<>();
        if (className.equals("Functional") || className.equals("Model")) {
            put(full, "keras.src.models.functional", "Functional", "Functional");
        } else if (className.equals("Sequential")) {
            put(full, "keras", "Sequential", null);
        } else if (LayerParsers.handles(className)) {
            put(full, "keras.layers", NAMES_IN_ARCHIVES.getOrDefault(className, className), null);
        } else {
            // The user's own class, which Keras finds under the name that it was registered under.
            put(full, null, className.substring(className.lastIndexOf('>') + 1), className);
        }
        layer.forEach(full::putIfAbsent);
        return full;
    }

    private static void put(
            Map<String, @Nullable Object> layer,
            @Nullable String module,
            String className,
            @Nullable String registeredName) {
        layer.put("module", module);
        layer.put("class_name", className);
        layer.put("registered_name", registeredName);
    }

    /** A layer, or a model, as an {@code .h5} has it. */
    static Map<String, @Nullable Object> inH5(Map<String, @Nullable Object> layer) {
        Map<String, @Nullable Object> brief = new LinkedHashMap<>(layer);
        String className = String.valueOf(layer.get("class_name"));
        String registered = String.valueOf(layer.get("registered_name"));
        brief.put("class_name", registered.contains(">") ? registered : NAMES_IN_H5.getOrDefault(className, className));
        brief.keySet().removeAll(OF_ARCHIVES);
        brief.computeIfPresent("config", (name, config) -> withoutSharing(config));
        return brief;
    }

    /** The same value without the numbers under which an archive lists objects that several layers share. */
    static @Nullable Object withoutSharing(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = LayerTree.object(map);
            copy.remove("shared_object_id");
            copy.replaceAll((name, item) -> withoutSharing(item));
            return copy;
        }
        return value instanceof List<?> list ? items(list) : value;
    }

    private static List<@Nullable Object> items(List<?> list) {
        List<@Nullable Object> items = new ArrayList<>();
        list.forEach(item -> items.add(withoutSharing(item)));
        return items;
    }
}
