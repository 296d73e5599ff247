package io.atelier.keras.io;

/**
 * How a model is read.
 *
 * @param limits what a file may ask for
 * @param customLayers the layers beyond Keras's
 */
public record ReadOptions(ImportLimits limits, CustomLayers customLayers) {
    /** The {@linkplain ImportLimits#DEFAULT default limits}, and no layers but Keras's. */
    public static final ReadOptions DEFAULT = new ReadOptions(ImportLimits.DEFAULT, CustomLayers.NONE);

    /** These options with other limits. */
    public ReadOptions withLimits(ImportLimits newLimits) {
        return new ReadOptions(newLimits, customLayers);
    }

    /** These options with other layers beyond Keras's. */
    public ReadOptions withCustomLayers(CustomLayers newCustomLayers) {
        return new ReadOptions(limits, newCustomLayers);
    }
}
