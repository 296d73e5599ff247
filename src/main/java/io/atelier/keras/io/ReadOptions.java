package io.atelier.keras.io;

/**
 * How a model is read.
 *
 * @param limits what a file may ask for
 */
public record ReadOptions(ImportLimits limits) {
    /** The {@linkplain ImportLimits#DEFAULT default limits}. */
    public static final ReadOptions DEFAULT = new ReadOptions(ImportLimits.DEFAULT);

    /** These options with other limits. */
    public ReadOptions withLimits(ImportLimits newLimits) {
        return new ReadOptions(newLimits);
    }
}
