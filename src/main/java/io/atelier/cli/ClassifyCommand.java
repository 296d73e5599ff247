package io.atelier.cli;

import io.atelier.classify.FashionClassifier;
import io.atelier.classify.Fit;
import io.atelier.classify.ImageClassifier;
import io.atelier.classify.Inversion;
import io.atelier.classify.ModelOutput;
import io.atelier.classify.Preprocessing;
import io.atelier.keras.KerasModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what images show. */
@Command(
        name = "classify",
        description = "Tell what images show. An image that cannot be classified is named on standard error, the others"
                + " are classified all the same, and the exit status is 3.")
final class ClassifyCommand implements Callable<Integer> {
    @Mixin
    private ModelArguments arguments = new ModelArguments();

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "PNG, JPEG, GIF or BMP files of any size.")
    private List<Path> images = List.of();

    @Mixin
    private LabelsOption labels = new LabelsOption();

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many labels to name (default: ${DEFAULT-VALUE}).")
    private int top = 3;

    @Option(names = "--json", description = "Print a JSON list of {file, predictions: [{label, probability}]}.")
    private boolean json;

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

    @Mixin
    private EngineOption engine = new EngineOption();

    @Mixin
    private VerboseOption verbose = new VerboseOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (top < 1) {
            throw new ParameterException(
                    spec.commandLine(), "invalid value for option '--top': expected at least 1; received " + top);
        }
        KerasModel model = arguments.read();
        try (ImageClassifier<?> classifier = classifier(model)) {
            Predictions predictions = json ? new JsonPredictions(top) : new TextPredictions(top, images);
            return Predictions.run(classifier, images, predictions, spec.commandLine());
        }
    }

    private ImageClassifier<?> classifier(KerasModel model) {
        ModelOutput output = logits ? ModelOutput.LOGITS : ModelOutput.PROBABILITIES;
        try {
            if (labels.isFashion(model)) {
                return FashionClassifier.of(
                        model, engine.engine(), preprocessing(FashionClassifier.preprocessing()), output);
            }
            return ImageClassifier.of(
                    model, engine.engine(), labels.read(model), preprocessing(Preprocessing.builder()), output);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(
                    arguments.file().getFileName() + ": " + inOptions(String.valueOf(e.getMessage())), e);
        }
    }

    /** The library's sentence in the words of the command line. */
    private static String inOptions(String message) {
        return message.replace("pass ModelOutput.PROBABILITIES", "leave out --logits")
                .replace("ModelOutput.PROBABILITIES", "probabilities")
                .replace("ModelOutput.LOGITS", "--logits")
                .replace("the option size", "the option --size");
    }

    private Preprocessing preprocessing(Preprocessing.Builder builder) {
        size.ifPresent(given -> builder.size(given.height(), given.width()));
        fit.ifPresent(builder::fit);
        inversion.ifPresent(builder::inversion);
        return builder.build();
    }
}
