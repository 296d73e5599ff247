package io.atelier.tune;

import io.atelier.classify.Preprocessor;
import io.atelier.data.Dataset;
import io.atelier.data.SkippedImage;
import io.atelier.evaluate.EpochMetrics;
import io.atelier.keras.KerasModel;
import io.atelier.keras.TrainingConfig;
import io.atelier.train.Trainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Trains a model epoch by epoch, and decides when to end and which weights to keep. */
final class TuningRun {
    /** How many of the images that cannot be read are told by name. */
    private static final int MOST_SKIPPED = 100;

    private final KerasModel model;
    private final Preprocessor preprocessor;
    private final TuningOptions options;
    private final Dataset training;
    private final Optional<Dataset> validation;
    private final int[] outputs;
    private final int[] validationOutputs;
    private final Set<SkippedImage> skipped = new LinkedHashSet<>();

    /**
     * @param outputs of the model by the labels of the training data
     * @param validationOutputs by those of the validation data
     */
    TuningRun(
            KerasModel model,
            Preprocessor preprocessor,
            TuningOptions options,
            Dataset training,
            Optional<Dataset> validation,
            int[] outputs,
            int[] validationOutputs) {
        this.model = model;
        this.preprocessor = preprocessor;
        this.options = options;
        this.training = training;
        this.validation = validation;
        this.outputs = outputs;
        this.validationOutputs = validationOutputs;
    }

    /**
     * What came of a run.
     *
     * @param model with the weights that are kept
     * @param epochs that were done, earlier runs' included
     * @param stop why it ended
     * @param kept the epoch whose weights are kept; 0 for those before the first
     * @param skipped the first of the images that could not be read
     * @param images that were learned from, in this run
     * @param time of learning, in this run
     */
    record Outcome(
            KerasModel model,
            List<EpochMetrics> epochs,
            Stop stop,
            int kept,
            List<SkippedImage> skipped,
            long images,
            Duration time) {}

    Outcome run() {
        try (Checkpoints checkpoints = Checkpoints.open(options.checkpoints(), options.resume());
                Trainer trainer = new Trainer(model, options.optimizer(), options.loss())) {
            if (options.isResumed()) {
                model.trainingConfig().flatMap(TrainingConfig::optimizerState).ifPresent(trainer::remember);
            }
            TuningState start =
                    TuningState.start(Identity.of(trainer, options, training, validation), trainer.snapshot());
            TuningState state = checkpoints.read(start);
            trainer.restore(state.snapshot());
            return run(trainer, checkpoints, state);
        }
    }

    private Outcome run(Trainer trainer, Checkpoints checkpoints, TuningState start) {
        Epoch epoch = new Epoch(trainer, preprocessor, options, this::skip);
        TuningState state = start;
        Stop stop = Stop.FINISHED;
        long images = 0;
        Duration time = Duration.ZERO;
        while (state.epochs().size() < options.epochs()) {
            if (isPatienceOver(state.best())) {
                stop = Stop.EARLY;
                break;
            }
            int number = state.epochs().size() + 1;
            long began = System.nanoTime();
            Epoch.Result learned = epoch.learn(training, outputs, number);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            images += learned.images();
            time = time.plus(took);
            if (learned.end() != Epoch.End.DONE) {
                stop = learned.end() == Epoch.End.CANCELLED ? Stop.CANCELLED : Stop.DIVERGED;
                break;
            }
            Optional<Epoch.Result> validated = validation.map(data -> epoch.score(data, validationOutputs));
            Trainer.Snapshot snapshot = trainer.snapshot();
            double judged = validated.map(Epoch.Result::loss).orElse(learned.loss());
            if (!Double.isFinite(judged) || !snapshot.isFinite()) {
                stop = Stop.DIVERGED;
                break;
            }
            EpochMetrics metrics = metrics(number, learned, validated, took);
            state = state.after(metrics, snapshot, best(state.best(), number, judged, snapshot));
            checkpoints.write(state);
            options.listener().onEpoch(metrics);
        }
        boolean isBestKept =
                options.patience().isPresent() && state.best().snapshot().isPresent();
        trainer.restore(isBestKept ? state.best().snapshot().orElseThrow() : state.snapshot());
        return new Outcome(
                trainer.model(),
                state.epochs(),
                stop,
                isBestKept ? state.best().epoch() : state.epochs().size(),
                new ArrayList<>(skipped),
                images,
                time);
    }

    private boolean isPatienceOver(BestEpoch best) {
        return options.patience().isPresent()
                && best.epoch() > 0
                && best.waited() >= options.patience().getAsInt();
    }

    private BestEpoch best(BestEpoch before, int number, double loss, Trainer.Snapshot snapshot) {
        return options.patience().isPresent() ? before.after(number, loss, snapshot) : before;
    }

    private static EpochMetrics metrics(
            int number, Epoch.Result learned, Optional<Epoch.Result> validated, Duration time) {
        return new EpochMetrics(
                number,
                learned.loss(),
                learned.accuracy(),
                validated.map(result -> OptionalDouble.of(result.loss())).orElse(OptionalDouble.empty()),
                validated.map(result -> OptionalDouble.of(result.accuracy())).orElse(OptionalDouble.empty()),
                time);
    }

    private void skip(SkippedImage image) {
        // Called from the thread that decodes, and in every epoch anew.
        synchronized (skipped) {
            if (skipped.size() < MOST_SKIPPED) {
                skipped.add(image);
            }
        }
    }
}
