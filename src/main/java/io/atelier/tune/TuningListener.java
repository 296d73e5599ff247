package io.atelier.tune;

import io.atelier.evaluate.EpochMetrics;

/** Is told how fine-tuning gets on; called on the thread that tunes. */
public interface TuningListener {
    /** Hears nothing. */
    TuningListener SILENT = new TuningListener() {};

    /**
     * Where an epoch is after a batch.
     *
     * @param epoch from 1
     * @param epochs how many there are to be
     * @param images of the epoch that were learned from
     * @param ofImages how many the epoch has, those that cannot be read included
     * @param loss the mean over the epoch so far
     * @param accuracy over the epoch so far, from 0 to 1
     */
    record Position(int epoch, int epochs, int images, int ofImages, double loss, double accuracy) {}

    /** After every batch. */
    default void onBatch(Position position) {}

    /** After every epoch, when its checkpoint is written. */
    default void onEpoch(EpochMetrics metrics) {}
}
