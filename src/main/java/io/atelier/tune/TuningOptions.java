package io.atelier.tune;

import io.atelier.data.Dataset;
import io.atelier.data.Unreadable;
import io.atelier.train.Loss;
import io.atelier.train.Optimizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * How a model is tuned, all defaults filled in.
 *
 * @param optimizer what changes the weights
 * @param isResumed whether the optimizer goes on with what the model's file says that it remembers
 * @param loss what is made small
 * @param classWeights by which the loss of an example is multiplied, by output; empty for 1 each
 * @param patience after how many epochs without a better loss training ends; empty for never
 * @param heldOut the share of images that are held out; 0 for none
 * @param validation images that are held out; empty where a share of the others is, or nothing
 * @param checkpoints the folder of checkpoints
 * @param resume whether to go on from the checkpoint there
 * @param cancelled asked after every batch
 */
record TuningOptions(
        Optimizer optimizer,
        boolean isResumed,
        Loss loss,
        int epochs,
        int batchSize,
        long seed,
        List<Double> classWeights,
        OptionalInt patience,
        Augmentation augmentation,
        double heldOut,
        Optional<Dataset> validation,
        Unreadable unreadable,
        Optional<Path> checkpoints,
        boolean resume,
        TuningListener listener,
        BooleanSupplier cancelled) {
    TuningOptions {
        classWeights = List.copyOf(classWeights);
    }

    /** What the numbers of a run depend on, beside model and data; not the number of epochs, which may grow. */
    String identity() {
        return optimizer + " " + isResumed + " " + loss + " " + batchSize + " " + seed + " " + classWeights + " "
                + patience + " " + augmentation + " " + heldOut + " " + unreadable;
    }
}
