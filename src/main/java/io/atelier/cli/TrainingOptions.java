package io.atelier.cli;

import io.atelier.train.LearningRate;
import io.atelier.train.Loss;
import io.atelier.train.Optimizer;
import io.atelier.tune.Augmentation;
import io.atelier.tune.FineTunerBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a model is trained further. */
final class TrainingOptions {
    /** Optimizers by name, with Keras's defaults. */
    enum OptimizerName {
        /** Adam. */
        ADAM,
        /** Adam with a weight decay of 0.004. */
        ADAMW,
        /** Gradient descent with a momentum of 0.9. */
        SGD,
        /** RMSprop. */
        RMSPROP
    }

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "1",
            description = "How often to go through the images (default: ${DEFAULT-VALUE}).")
    private int epochs = 1;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "32",
            description = "How many images a step takes (default: ${DEFAULT-VALUE}).")
    private int batchSize = 32;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "0",
            description = "Of all that is random; the same gives the same numbers (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            converter = Words.OptimizerNames.class,
            completionCandidates = Words.OptimizerNames.class,
            description = "${COMPLETION-CANDIDATES} (default: the model's own, which goes on where Keras stopped).")
    private Optional<OptimizerName> optimizer = Optional.empty();

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description = "Of the optimizer (default: the model's own, or 0.001).")
    private Optional<Double> learningRate = Optional.empty();

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            converter = Words.LossNames.class,
            completionCandidates = Words.LossNames.class,
            description = "${COMPLETION-CANDIDATES} (default: the model's own).")
    private Optional<Loss.Kind> loss = Optional.empty();

    @Option(
            names = "--freeze-until",
            paramLabel = "LAYER",
            description = "Leave all layers up to and with LAYER as they are.")
    private Optional<String> freezeUntil = Optional.empty();

    @Option(names = "--freeze", paramLabel = "LAYER", split = ",", description = "Leave these layers as they are.")
    private List<String> freeze = List.of();

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description = "Which share of the images to hold out, to tell how good the model is; 0 for none (default:"
                    + " ${DEFAULT-VALUE}).")
    private double validation = 0.1;

    @Option(
            names = "--early-stopping",
            paramLabel = "N",
            description = "End after N epochs without a better loss on the images held out, and keep the best epoch.")
    private Optional<Integer> earlyStopping = Optional.empty();

    @Option(names = "--flip", description = "Mirror half of the images, left to right, at random.")
    private boolean flip;

    @Option(
            names = "--shift",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Move images at random by up to this share of their size, such as 0.1.")
    private double shift;

    @Option(
            names = "--rotate",
            paramLabel = "DEGREES",
            defaultValue = "0",
            description = "Turn images at random by up to so many degrees.")
    private double rotate;

    @Option(
            names = "--checkpoints",
            paramLabel = "FOLDER",
            description = "Keep a checkpoint after every epoch in a folder of its own.")
    private Optional<Path> checkpoints = Optional.empty();

    @Option(names = "--resume", description = "Go on from the checkpoint that is there.")
    private boolean resume;

    /**
     * Sets everything but what comes of the data.
     *
     * @throws IllegalArgumentException if a value is out of range, or there is no such layer
     */
    void apply(FineTunerBuilder<?> tuner, boolean isLogits) {
        tuner.epochs(epochs).batchSize(batchSize).seed(seed).augmentation(new Augmentation(flip, shift, rotate));
        optimizer.ifPresent(name -> tuner.optimizer(optimizer(name, learningRate.orElse(0.001))));
        if (optimizer.isEmpty()) {
            learningRate.map(LearningRate::of).ifPresent(tuner::learningRate);
        }
        loss.map(Loss::of).map(kind -> isLogits ? kind.ofLogits() : kind).ifPresent(tuner::loss);
        freezeUntil.ifPresent(tuner::freezeUntil);
        freeze.forEach(tuner::freeze);
        if (validation != 0) {
            tuner.validation(validation);
        }
        earlyStopping.ifPresent(tuner::earlyStopping);
        checkpoints.ifPresent(tuner::checkpoints);
        if (resume) {
            tuner.resume();
        }
    }

    int epochs() {
        return epochs;
    }

    boolean keepsCheckpoints() {
        return checkpoints.isPresent();
    }

    private static Optimizer optimizer(OptimizerName name, double rate) {
        return switch (name) {
            case ADAM -> Optimizer.adam(rate);
            case ADAMW -> Optimizer.adamW(rate, 0.004);
            case SGD -> Optimizer.sgd(rate, 0.9);
            case RMSPROP -> Optimizer.rmsProp(rate);
        };
    }
}
