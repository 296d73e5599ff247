package io.atelier.tune;

import io.atelier.train.Trainer;
import java.util.Optional;

/**
 * The epoch with the smallest loss so far, as Keras's EarlyStopping with {@code restore_best_weights} keeps it.
 *
 * @param epoch from 1; 0 if there is none yet
 * @param loss of it
 * @param waited how many epochs came after it
 * @param snapshot after it; empty if it is not kept
 */
record BestEpoch(int epoch, double loss, int waited, Optional<Trainer.Snapshot> snapshot) {
    static final BestEpoch NONE = new BestEpoch(0, Double.POSITIVE_INFINITY, 0, Optional.empty());

    /** What is the best after another epoch. */
    BestEpoch after(int newEpoch, double newLoss, Trainer.Snapshot newSnapshot) {
        return newLoss < loss
                ? new BestEpoch(newEpoch, newLoss, 0, Optional.of(newSnapshot))
                : new BestEpoch(epoch, loss, waited + 1, snapshot);
    }
}
