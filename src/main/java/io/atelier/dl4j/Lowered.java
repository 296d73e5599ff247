package io.atelier.dl4j;

import java.util.HashMap;
import java.util.Map;

/**
 * One Deeplearning4j layer that stands for a Keras layer, or for a part of one, as the config that modelimport reads.
 *
 * @param className a Keras 2 class name that modelimport knows, or one of {@link ImportedLayers}
 * @param config Keras 2's options for it, without the name
 */
record Lowered(String className, Map<String, Object> config) {
    /** A layer without options. */
    static Lowered of(String className) {
        return new Lowered(className, Map.of());
    }

    /** The whole config as modelimport's parser would give it; modelimport writes into these maps. */
    HashMap<String, Object> layerConfig(String name) {
        HashMap<String, Object> inner = new HashMap<>(config);
        inner.put("name", name);
        HashMap<String, Object> outer = new HashMap<>();
        outer.put("class_name", className);
        outer.put("config", inner);
        outer.put("keras_version", 2);
        return outer;
    }
}
