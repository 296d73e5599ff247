package io.atelier.tune;

import io.atelier.evaluate.EpochMetrics;
import io.atelier.train.Trainer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a run is after an epoch: what a checkpoint holds.
 *
 * @param identity of the run: of model, data and options
 * @param epochs that are done
 * @param snapshot after the last of them
 * @param best of them, kept if training may end early
 */
record TuningState(String identity, List<EpochMetrics> epochs, Trainer.Snapshot snapshot, BestEpoch best) {
    TuningState {
        epochs = List.copyOf(epochs);
    }

    /** The state before the first epoch. */
    static TuningState start(String identity, Trainer.Snapshot snapshot) {
        return new TuningState(identity, List.of(), snapshot, BestEpoch.NONE);
    }

    TuningState after(EpochMetrics metrics, Trainer.Snapshot newSnapshot, BestEpoch newBest) {
        List<EpochMetrics> all = new ArrayList<>(epochs);
        all.add(metrics);
        return new TuningState(identity, all, newSnapshot, newBest);
    }
}
