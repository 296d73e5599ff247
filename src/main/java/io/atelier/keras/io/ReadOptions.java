package io.atelier.keras.io;

/**
 * How a model is read.
 *
 * @param limits what a file may ask for
 * @param customLayers the layers beyond Keras's
 * @param optimizerState whether what the optimizer remembers is read as well, which takes twice the memory of the weights
 *     with Adam and is of use to training and to writing the model back; true by default
 */
public record ReadOptions(ImportLimits limits, CustomLayers customLayers, boolean optimizerState) {
    /** The {@linkplain ImportLimits#DEFAULT default limits}, no layers but Keras's, and all that the file has. */
    public static final ReadOptions DEFAULT = new ReadOptions(ImportLimits.DEFAULT, CustomLayers.NONE, true);

    /** These options with other limits. */
    public ReadOptions withLimits(ImportLimits newLimits) {
        return new ReadOptions(newLimits, customLayers, optimizerState);
    }

    /** These options with other layers beyond Keras's. */
    public ReadOptions withCustomLayers(CustomLayers newCustomLayers) {
        return new ReadOptions(limits, newCustomLayers, optimizerState);
    }

    /** These options for a model that is only to predict: without what the optimizer remembers. */
    public ReadOptions withoutOptimizerState() {
        return new ReadOptions(limits, customLayers, false);
    }
}
