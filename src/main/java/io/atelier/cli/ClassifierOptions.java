package io.atelier.cli;

import io.atelier.classify.FashionClassifier;
import io.atelier.classify.FashionItem;
import io.atelier.classify.Fit;
import io.atelier.classify.ImageClassifier;
import io.atelier.classify.Inversion;
import io.atelier.classify.Labels;
import io.atelier.classify.ModelOutput;
import io.atelier.classify.Preprocessing;
import io.atelier.engine.Engine;
import io.atelier.keras.KerasModel;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a model's outputs stand for, and how images become its inputs. */
final class ClassifierOptions {
    @Mixin
    private LabelsOption labels = new LabelsOption();

    @Option(
            names = "--size",
            paramLabel = "HxW",
            converter = SizeConverter.class,
            description = "Height and width that images are brought to, such as 28x28, for a model that takes any"
                    + " (default: the model's).")
    private Optional<Preprocessing.Size> size = Optional.empty();

    @Option(
            names = "--fit",
            paramLabel = "HOW",
            converter = Words.Fits.class,
            completionCandidates = Words.Fits.class,
            description = "How images of other proportions are brought to the model's size: letterbox, crop or stretch"
                    + " (default: letterbox with Fashion-MNIST's labels, else stretch, as Keras does).")
    private Optional<Fit> fit = Optional.empty();

    @Option(
            names = "--invert",
            paramLabel = "WHEN",
            converter = Words.Inversions.class,
            completionCandidates = Words.Inversions.class,
            description = "Exchange light and dark: never, always, or auto, where the ground is light (default: auto"
                    + " with Fashion-MNIST's labels, else never).")
    private Optional<Inversion> inversion = Optional.empty();

    @Option(
            names = "--logits",
            description = "The model gives the values before softmax or sigmoid: it was trained with from_logits=True.")
    private boolean logits;

    /**
     * A classifier of a model.
     *
     * @param file what messages call the model
     * @throws CommandException if model and options do not fit together
     */
    ImageClassifier<?> open(KerasModel model, Path file, Engine engine) {
        ModelOutput output = logits ? ModelOutput.LOGITS : ModelOutput.PROBABILITIES;
        try {
            return labels.isFashion(model)
                    ? FashionClassifier.of(model, engine, preprocessing(model), output)
                    : ImageClassifier.of(model, engine, labels.read(model), preprocessing(model), output);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /** What the model's outputs stand for. */
    Labels<?> labels(KerasModel model) {
        return labels.isFashion(model) ? Labels.ofEnum(FashionItem.class) : labels.read(model);
    }

    /** The labels that {@code --labels} says; empty if it is not there. */
    Optional<Labels<?>> givenLabels() {
        return labels.explicit();
    }

    boolean areLogits() {
        return logits;
    }

    /** The preprocessing that these options ask for. */
    Preprocessing preprocessing(KerasModel model) {
        Preprocessing.Builder builder =
                labels.isFashion(model) ? FashionClassifier.preprocessing() : Preprocessing.builder();
        size.ifPresent(given -> builder.size(given.height(), given.width()));
        fit.ifPresent(builder::fit);
        inversion.ifPresent(builder::inversion);
        return builder.build();
    }
}
