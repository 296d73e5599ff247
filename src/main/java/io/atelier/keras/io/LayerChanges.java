package io.atelier.keras.io;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Dense;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a program changed in the layers of a model that was read: which of them are frozen, and a new head. */
final class LayerChanges {
    private final Map<String, KerasLayer> layers = new LinkedHashMap<>();
    private final Map<String, LayerEntry> entries;

    /** @param entries the layers as the config has them */
    LayerChanges(KerasModel model, Map<String, LayerEntry> entries) {
        model.layers().forEach(layer -> layers.put(layer.name(), layer));
        this.entries = entries;
    }

    /** The config with all layers as they are in the model now. */
    Map<String, @Nullable Object> applyTo(Map<String, @Nullable Object> config) {
        return LayerTree.map(
                config, (name, layer) -> LayerTree.isModel(layer) ? nested(name, layer) : changed(name, layer));
    }

    /** A nested model that is frozen is no more if one of its layers is not. */
    private Map<String, @Nullable Object> nested(String name, Map<String, @Nullable Object> model) {
        boolean isThawed = layers.values().stream()
                .anyMatch(layer -> layer.name().startsWith(name + "/")
                        && layer.trainable()
                        && !layer.weights().isEmpty());
        return isThawed ? withTrainable(model, true) : model;
    }

    private Map<String, @Nullable Object> changed(String name, Map<String, @Nullable Object> layer) {
        KerasLayer now = layers.get(name);
        LayerEntry entry = entries.get(name);
        if (now == null || entry == null) {
            return layer;
        }
        boolean wasTrainable = LayerParsers.parse(entry, CustomLayers.NONE, new Problems(name))
                .map(LayerParsers.ParsedLayer::trainable)
                .orElse(!entry.isFrozen());
        // Some layers without weights do not know the option.
        Map<String, @Nullable Object> changed = now.weights().isEmpty() || wasTrainable == now.trainable()
                ? layer
                : withTrainable(layer, now.trainable());
        return now.config() instanceof Dense dense ? withOptions(changed, dense) : changed;
    }

    private static Map<String, @Nullable Object> withTrainable(Map<String, @Nullable Object> layer, boolean trainable) {
        return withConfig(layer, Map.of("trainable", trainable));
    }

    private static Map<String, @Nullable Object> withOptions(Map<String, @Nullable Object> layer, Dense dense) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("units", dense.units());
        options.put("use_bias", dense.useBias());
        if (dense.activation() instanceof ActivationFunction function
                && LayerTree.object(layer.get("config")).get("activation") instanceof String) {
            options.put("activation", function.kerasName());
        }
        return withConfig(layer, options);
    }

    private static Map<String, @Nullable Object> withConfig(
            Map<String, @Nullable Object> layer, Map<String, ?> options) {
        Map<String, @Nullable Object> config = LayerTree.object(layer.get("config"));
        config.putAll(options);
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(layer);
        changed.put("config", config);
        return changed;
    }
}
