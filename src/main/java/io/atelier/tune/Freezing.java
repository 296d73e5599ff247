package io.atelier.tune;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Layers that training is to leave as they are. */
final class Freezing {
    private Freezing() {}

    /**
     * The names of all layers up to and with this one, in the order of {@code model.layers}.
     *
     * @throws IllegalArgumentException if there is no such layer
     */
    static List<String> until(KerasModel model, String name) {
        model.layer(name);
        List<String> names = new ArrayList<>();
        for (KerasLayer layer : model.layers()) {
            names.add(layer.name());
            if (layer.name().equals(name)) {
                break;
            }
        }
        return names;
    }

    /**
     * The model with these layers frozen, in Keras's sense: {@code layer.trainable = False}.
     *
     * @throws IllegalArgumentException if there is no layer of one of the names
     */
    static KerasModel frozen(KerasModel model, Collection<String> names) {
        Map<String, KerasLayer> frozen = new HashMap<>();
        for (String name : names) {
            KerasLayer layer = model.layer(name);
            frozen.put(
                    name,
                    new KerasLayer(
                            name,
                            layer.config(),
                            layer.weights(),
                            false,
                            layer.dtypePolicy(),
                            layer.trainingOptions()));
        }
        return model.withLayers(frozen);
    }
}
