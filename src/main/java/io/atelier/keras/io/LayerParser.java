package io.atelier.keras.io;

import io.atelier.keras.layer.LayerConfig;

/** Makes a layer's record of its options; found by the layer's class name. */
@FunctionalInterface
interface LayerParser {
    /**
     * Reads the options that are the layer's own; name, dtype and the like are read by {@link LayerParsers}.
     *
     * @throws IllegalArgumentException if an option is broken
     * @throws UnsupportedOptionException if an option is not handled
     */
    LayerConfig parse(ConfigReader options);
}
