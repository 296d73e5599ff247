package io.atelier.tune;

import io.atelier.classify.ImageClassifier;
import io.atelier.classify.Labels;
import io.atelier.classify.ModelOutput;
import io.atelier.classify.Preprocessing;
import io.atelier.classify.Preprocessor;
import io.atelier.data.Dataset;
import io.atelier.data.InvalidDataException;
import io.atelier.engine.Engine;
import io.atelier.evaluate.ClassMatch;
import io.atelier.evaluate.Evaluation;
import io.atelier.evaluate.Evaluator;
import io.atelier.keras.KerasModel;
import io.atelier.keras.UnsupportedModelException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Trains an image classifier's model further, on images of one's own, and gives a new one; the old one is untouched.
 *
 * <p>Made by a {@link FineTunerBuilder}. Immutable, and as thread-safe as its listener. With the same seed, data and machine
 * it gives the same numbers each time.
 *
 * @param <L> the type of a label
 */
public final class FineTuner<L> {
    private final KerasModel original;
    private final KerasModel model;
    private final Labels<L> labels;
    private final Preprocessing preprocessing;
    private final TuningOptions options;
    private final boolean isHeadReplaced;

    FineTuner(
            KerasModel original,
            KerasModel model,
            Labels<L> labels,
            Preprocessing preprocessing,
            TuningOptions options,
            boolean isHeadReplaced) {
        this.original = original;
        this.model = model;
        this.labels = labels;
        this.preprocessing = preprocessing;
        this.options = options;
        this.isHeadReplaced = isHeadReplaced;
    }

    /**
     * Begins to describe how a classifier is tuned.
     *
     * @param classifier stays open and as it is; one that was loaded from a file does not know what the optimizer remembers,
     *     so that for going on where Keras stopped its model has to be read from the file
     */
    public static <L> FineTunerBuilder<L> of(ImageClassifier<L> classifier) {
        return of(
                classifier.model(),
                classifier.labels(),
                classifier.preprocessor().options());
    }

    /**
     * Begins to describe how a model is tuned.
     *
     * @param labels of the model's outputs, in its order
     * @param preprocessing of images
     * @throws IllegalArgumentException if the model does not take images so
     */
    public static <L> FineTunerBuilder<L> of(KerasModel model, Labels<L> labels, Preprocessing preprocessing) {
        return new FineTunerBuilder<>(model, labels, preprocessing);
    }

    /**
     * Tunes the model.
     *
     * @param data labelled images; their classes are found among the model's labels by name
     * @throws InvalidDataException if the data has one class only, a class without images, or one that the model does not
     *     have
     * @throws io.atelier.classify.InvalidImageException if an image cannot be read, unless those are skipped
     * @throws io.atelier.keras.UnsupportedModelException if the model cannot be trained
     * @throws TuningException if the folder of checkpoints cannot be used, or a checkpoint not be written
     */
    public Tuned<L> tune(Dataset data) {
        data.requireTrainable();
        int[] outputs = ClassMatch.outputs(labels, data);
        Dataset training = data;
        Optional<Dataset> validation = options.validation();
        if (options.heldOut() > 0) {
            Dataset.Split split = data.split(options.heldOut(), options.seed());
            training = split.rest();
            validation = Optional.of(split.heldOut());
            requireAll(training);
        }
        int[] validationOutputs =
                validation.map(heldOut -> ClassMatch.outputs(labels, heldOut)).orElse(new int[0]);
        ModelOutput output = output();
        // Before the work: what cannot be evaluated is found out now, and libraries are loaded while that is possible.
        Optional<Evaluation> before = isHeadReplaced
                ? validation.flatMap(this::prepare)
                : validation.map(heldOut -> evaluate(original, output, heldOut));
        TuningRun.Outcome outcome = new TuningRun(
                        model,
                        new Preprocessor(model, preprocessing),
                        options,
                        training,
                        validation,
                        outputs,
                        validationOutputs)
                .run();
        // Who cancels does not want to wait; and while a program ends, ONNX Runtime does not run any more.
        Optional<Evaluation> after = validation
                .filter(heldOut -> outcome.stop() != Stop.CANCELLED)
                .map(heldOut -> evaluate(outcome.model(), output, heldOut));
        double seconds = outcome.time().toNanos() / 1e9;
        TuningReport report = new TuningReport(
                settings(training, validation),
                outcome.epochs(),
                outcome.stop(),
                outcome.kept(),
                seconds == 0 ? 0 : outcome.images() / seconds,
                outcome.skipped(),
                before,
                after);
        return new Tuned<>(outcome.model(), labels, preprocessing, output, report);
    }

    private void requireAll(Dataset training) {
        try {
            training.requireTrainable();
        } catch (InvalidDataException e) {
            throw new InvalidDataException(
                    training.source(),
                    "holding out " + options.heldOut()
                            + " of the images leaves a class without any to learn from; hold out less, or give more images");
        }
    }

    private ModelOutput output() {
        if (options.loss().takesLogits(model)) {
            return ModelOutput.LOGITS;
        }
        if (options.loss().takesProbabilities(model)) {
            return ModelOutput.PROBABILITIES;
        }
        throw new UnsupportedModelException(
                model.origin().source(),
                "the model's outputs are neither probabilities nor logits, so that it is no classifier; expected a softmax or"
                        + " sigmoid at its end, or a crossentropy from_logits");
    }

    /** Opens a classifier of the model with its new head, whose answers mean nothing yet. */
    private Optional<Evaluation> prepare(Dataset heldOut) {
        ImageClassifier.of(model, Engine.DEFAULT, labels, preprocessing, output())
                .close();
        return Optional.empty();
    }

    private Evaluation evaluate(KerasModel evaluated, ModelOutput output, Dataset data) {
        try (ImageClassifier<L> classifier =
                ImageClassifier.of(evaluated, Engine.DEFAULT, labels, preprocessing, output)) {
            return Evaluator.of(classifier).withUnreadable(options.unreadable()).evaluate(data);
        }
    }

    private Map<String, String> settings(Dataset training, Optional<Dataset> validation) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("model", model.origin().source());
        settings.put("images", training.source() + ", " + training.size() + " images");
        validation.ifPresent(data -> settings.put("held out", data.source() + ", " + data.size() + " images"));
        settings.put("labels", String.join(", ", labels.displayNames()));
        settings.put("head", isHeadReplaced ? "new" : "the model's own");
        long trained = model.layers().stream()
                .filter(layer -> layer.trainable() && !layer.weights().isEmpty())
                .count();
        settings.put("trained layers", String.valueOf(trained));
        settings.put(
                "optimizer",
                options.optimizer().describe() + (options.isResumed() ? ", going on where Keras stopped" : ""));
        settings.put("loss", options.loss().describe());
        settings.put("batch size", String.valueOf(options.batchSize()));
        settings.put("seed", String.valueOf(options.seed()));
        if (!options.augmentation().equals(Augmentation.NONE)) {
            settings.put("augmentation", options.augmentation().toString());
        }
        return settings;
    }
}
