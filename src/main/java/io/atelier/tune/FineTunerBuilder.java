package io.atelier.tune;

import io.atelier.classify.Labels;
import io.atelier.classify.Preprocessing;
import io.atelier.data.Dataset;
import io.atelier.data.Unreadable;
import io.atelier.keras.KerasModel;
import io.atelier.keras.OptimizerState;
import io.atelier.keras.TrainingConfig;
import io.atelier.train.LearningRate;
import io.atelier.train.Loss;
import io.atelier.train.Losses;
import io.atelier.train.Optimizer;
import io.atelier.train.Optimizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Describes a {@link FineTuner}. Used by one thread.
 *
 * @param <L> the type of a label
 */
public final class FineTunerBuilder<L> {
    private final KerasModel original;
    private final Labels<L> labels;
    private final Preprocessing preprocessing;
    private boolean isHeadReplaced;
    private final Set<String> frozen = new LinkedHashSet<>();
    private final Map<L, Double> classWeights = new LinkedHashMap<>();
    private Optional<Optimizer> optimizer = Optional.empty();
    private Optional<LearningRate> learningRate = Optional.empty();
    private Optional<Loss> loss = Optional.empty();
    private int epochs = 1;
    private int batchSize = 32;
    private long seed;
    private OptionalInt patience = OptionalInt.empty();
    private Augmentation augmentation = Augmentation.NONE;
    private double heldOut;
    private Optional<Dataset> validation = Optional.empty();
    private Unreadable unreadable = Unreadable.REFUSE;
    private Optional<Path> checkpoints = Optional.empty();
    private boolean resume;
    private TuningListener listener = TuningListener.SILENT;
    private BooleanSupplier cancelled = () -> false;

    FineTunerBuilder(KerasModel original, Labels<L> labels, Preprocessing preprocessing) {
        this.original = original;
        this.labels = labels;
        this.preprocessing = preprocessing;
    }

    /**
     * Puts a fresh Dense in the place of the last one, with a unit for each of these labels: a kernel drawn from the seed as
     * Keras's Glorot uniform does, a bias of zeros. To be called before anything else is set.
     */
    public <N> FineTunerBuilder<N> replaceHead(Labels<N> newLabels) {
        FineTunerBuilder<N> replaced = new FineTunerBuilder<>(original, newLabels, preprocessing);
        replaced.isHeadReplaced = true;
        return replaced;
    }

    /**
     * Freezes every layer up to and with this one, in the order of {@code model.layers}.
     *
     * @throws IllegalArgumentException if the model has no such layer
     */
    public FineTunerBuilder<L> freezeUntil(String layer) {
        frozen.addAll(Freezing.until(original, layer));
        return this;
    }

    /**
     * Freezes layers: their weights stay, and a BatchNormalization among them keeps its statistics and works with them.
     *
     * @throws IllegalArgumentException if the model has no layer of one of the names
     */
    public FineTunerBuilder<L> freeze(String... layers) {
        for (String layer : layers) {
            original.layer(layer);
            frozen.add(layer);
        }
        return this;
    }

    /** Sets the optimizer, which remembers nothing yet; by default the model's own, which goes on where Keras stopped. */
    public FineTunerBuilder<L> optimizer(Optimizer chosen) {
        optimizer = Optional.of(chosen);
        return this;
    }

    /** Sets the learning rate of the optimizer, be it the model's own; its steps count on from those that it has made. */
    public FineTunerBuilder<L> learningRate(LearningRate chosen) {
        learningRate = Optional.of(chosen);
        return this;
    }

    /** Sets the loss; by default the model's own. */
    public FineTunerBuilder<L> loss(Loss chosen) {
        loss = Optional.of(chosen);
        return this;
    }

    /** How often the images are gone through, at least 1; 1 by default. */
    public FineTunerBuilder<L> epochs(int count) {
        epochs = positive("epochs", count);
        return this;
    }

    /** How many images a step takes, at least 1; 32 by default. */
    public FineTunerBuilder<L> batchSize(int count) {
        batchSize = positive("batch size", count);
        return this;
    }

    private static int positive(String what, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("the " + what + " must be at least 1; received " + count);
        }
        return count;
    }

    /** The seed of all that is random: order, dropout, augmentation, what is held out, a new head; 0 by default. */
    public FineTunerBuilder<L> seed(long chosen) {
        seed = chosen;
        return this;
    }

    /**
     * By which the losses of a class are multiplied; 1 for those that are not named.
     *
     * @throws IllegalArgumentException if one is none of the labels, or a weight is negative or no number
     */
    public FineTunerBuilder<L> classWeights(Map<L, Double> weights) {
        weights.forEach((label, weight) -> {
            labels.indexOf(label);
            if (!(weight >= 0 && Double.isFinite(weight))) {
                throw new IllegalArgumentException(
                        "the weight of a class must be at least 0; received " + weight + " for " + label);
            }
            classWeights.put(label, weight);
        });
        return this;
    }

    /**
     * Ends when the loss on the images held out, or else of training, has not become smaller for this many epochs, and
     * keeps the weights of the best epoch.
     *
     * @param epochsToWait at least 1
     */
    public FineTunerBuilder<L> earlyStopping(int epochsToWait) {
        patience = OptionalInt.of(positive("patience", epochsToWait));
        return this;
    }

    /** How images are varied in training; not at all by default. */
    public FineTunerBuilder<L> augmentation(Augmentation chosen) {
        augmentation = chosen;
        return this;
    }

    /**
     * Holds a share of the images out, of each class, to tell how good the model is; none by default.
     *
     * @param fraction above 0 and below 1
     */
    public FineTunerBuilder<L> validation(double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException(
                    "the share of images held out must be above 0 and below 1; received " + fraction);
        }
        heldOut = fraction;
        return this;
    }

    /** Tells how good the model is on images of their own. */
    public FineTunerBuilder<L> validation(Dataset data) {
        validation = Optional.of(data);
        return this;
    }

    /** What is done about images that cannot be read; they are refused by default. */
    public FineTunerBuilder<L> unreadable(Unreadable choice) {
        unreadable = choice;
        return this;
    }

    /** Keeps a checkpoint after every epoch in this folder, which is made if it is missing, and nobody else may use. */
    public FineTunerBuilder<L> checkpoints(Path folder) {
        checkpoints = Optional.of(folder);
        return this;
    }

    /**
     * Goes on from the checkpoint in the folder, if there is one, and gives the same numbers as if it had never been
     * interrupted; there may be more epochs than before. Without this, a checkpoint that is there is refused.
     */
    public FineTunerBuilder<L> resume() {
        resume = true;
        return this;
    }

    /** Is told how it gets on. */
    public FineTunerBuilder<L> listener(TuningListener chosen) {
        listener = chosen;
        return this;
    }

    /** Is asked after every batch whether to end; the weights are then those of the last epoch that was done. */
    public FineTunerBuilder<L> cancelledWhen(BooleanSupplier question) {
        cancelled = question;
        return this;
    }

    /**
     * The tuner.
     *
     * @throws IllegalArgumentException if options contradict each other, or the model says no optimizer or loss and none
     *     was given
     * @throws io.atelier.keras.UnsupportedModelException if the head cannot be replaced, or the model's own optimizer or loss
     *     is not known
     */
    public FineTuner<L> build() {
        if (heldOut > 0 && validation.isPresent()) {
            throw new IllegalArgumentException(
                    "either a share of the images is held out, or others are given; not both");
        }
        if (resume && checkpoints.isEmpty()) {
            throw new IllegalArgumentException("to resume, give the folder of checkpoints");
        }
        KerasModel model = isHeadReplaced ? Head.replaced(original, labels.size(), seed) : original;
        model = Freezing.frozen(model, frozen);
        int outputs = model.outputShapes().get(0).size(-1);
        if (Math.max(outputs, 2) != labels.size()) {
            throw new IllegalArgumentException("the model tells " + Math.max(outputs, 2) + " classes apart; received "
                    + labels.size() + " labels, " + labels + "; replace the head, or give the model's labels");
        }
        Optimizer chosen = optimizer.or(() -> Optimizers.of(original)).orElseThrow(() -> missing("optimizer"));
        Optional<OptimizerState> state = optimizer.isPresent()
                ? Optional.empty()
                : original.trainingConfig().flatMap(TrainingConfig::optimizerState);
        Optional<LearningRate> rate = learningRate.or(
                () -> state.flatMap(OptimizerState::learningRate).map(LearningRate::of));
        TuningOptions options = new TuningOptions(
                rate.map(chosen::withLearningRate).orElse(chosen),
                state.isPresent(),
                loss.or(() -> Losses.of(original)).orElseThrow(() -> missing("loss")),
                epochs,
                batchSize,
                seed,
                weights(),
                patience,
                augmentation,
                heldOut,
                validation,
                unreadable,
                checkpoints,
                resume,
                listener,
                cancelled);
        return new FineTuner<>(original, model, labels, preprocessing, options, isHeadReplaced);
    }

    private List<Double> weights() {
        List<Double> weights = new ArrayList<>();
        if (!classWeights.isEmpty()) {
            labels.items().forEach(label -> weights.add(classWeights.getOrDefault(label, 1.0)));
        }
        return weights;
    }

    private IllegalArgumentException missing(String what) {
        return new IllegalArgumentException(
                original + " was not compiled, and does not say its " + what + "; give one");
    }
}
