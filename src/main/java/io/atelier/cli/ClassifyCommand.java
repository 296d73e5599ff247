package io.atelier.cli;

import io.atelier.classify.ImageClassifier;
import io.atelier.keras.KerasModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
    private ClassifierOptions options = new ClassifierOptions();

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many labels to name (default: ${DEFAULT-VALUE}).")
    private int top = 3;

    @Option(names = "--json", description = "Print a JSON list of {file, predictions: [{label, probability}]}.")
    private boolean json;

    @Mixin
    private EngineOption engine = new EngineOption();

    @Mixin
    private Console console = new Console();

    @Override
    public Integer call() {
        if (top < 1) {
            throw console.invalid("--top", "at least 1", top);
        }
        KerasModel model = arguments.read();
        try (ImageClassifier<?> classifier = options.open(model, arguments.file(), engine.engine())) {
            Predictions predictions = json ? new JsonPredictions(top) : new TextPredictions(top, images);
            return Predictions.run(classifier, images, predictions, console);
        }
    }
}
