package io.atelier.cli;

import io.atelier.classify.ImageClassifier;
import io.atelier.data.Dataset;
import io.atelier.engine.Engine;
import io.atelier.evaluate.Evaluation;
import io.atelier.evaluate.Evaluator;
import io.atelier.evaluate.ReportPage;
import io.atelier.keras.KerasModel;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells how good a model's answers to labelled images are. */
@Command(
        name = "evaluate",
        description =
                "Tell how good a model is: accuracy, report and confusion matrix as scikit-learn prints them, and the"
                        + " mistakes that it is surest of. Images that cannot be read are listed and count nowhere else.")
final class EvaluateCommand implements Callable<Integer> {
    /** Any, as long as it is always the same. */
    private static final long SAMPLE_SEED = 0;

    @Mixin
    private ModelArguments arguments = new ModelArguments();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Take N of the images only, of all classes in proportion and always the same ones.")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--min-accuracy",
            paramLabel = "SHARE",
            description = "Exit with status 1 if the accuracy is below SHARE, such as 0.9.")
    private Optional<Double> minAccuracy = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "PAGE",
            description = "Write an HTML page with charts and the mistakes as pictures; it needs no other file.")
    private Optional<Path> report = Optional.empty();

    @Option(names = "--json", description = "Print the evaluation as JSON.")
    private boolean json;

    @Mixin
    private ClassifierOptions options = new ClassifierOptions();

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "onnx",
            converter = Words.Engines.class,
            completionCandidates = Words.Engines.class,
            description = "What runs the model: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Engine engine = Engine.DEFAULT;

    @Mixin
    private Console console = new Console();

    @Override
    public Integer call() {
        checkOptions();
        KerasModel model = arguments.read();
        try (ImageClassifier<?> classifier = options.open(model, arguments.file(), engine)) {
            Dataset all = data.read(classifier.labels().displayNames());
            Dataset chosen = limit.isPresent() ? all.sample(limit.get(), SAMPLE_SEED) : all;
            Evaluation evaluation = evaluate(classifier, chosen);
            console.print(json ? evaluation.toJson() : evaluation.toText());
            report.ifPresent(page -> write(page, evaluation));
            return isGoodEnough(evaluation) ? ExitCode.OK : ExitCode.CHECK_FAILED;
        }
    }

    private void checkOptions() {
        if (limit.isPresent() && limit.get() < 1) {
            throw console.invalid("--limit", "at least 1", limit.get());
        }
        if (minAccuracy.isPresent() && !(minAccuracy.get() >= 0 && minAccuracy.get() <= 1)) {
            throw console.invalid("--min-accuracy", "a number from 0 to 1", minAccuracy.get());
        }
        report.ifPresent(page -> OutputFiles.requireFolder(page, "page"));
    }

    private Evaluation evaluate(ImageClassifier<?> classifier, Dataset dataset) {
        try (Progress progress = new Progress(Terminal.detect(), "Images", dataset.size())) {
            return Evaluator.of(classifier)
                    .withUnreadable(data.unreadable())
                    .withProgress(progress::stepTo)
                    .evaluate(dataset);
        }
    }

    private void write(Path page, Evaluation evaluation) {
        String name = String.valueOf(arguments.file().getFileName());
        try {
            ReportPage.of("Evaluation of " + name)
                    .withEvaluation(evaluation)
                    .withFact("Model", arguments.file().toString())
                    .withFact("Engine", engine.id())
                    .write(page);
        } catch (UncheckedIOException e) {
            throw CommandException.unreadable(e);
        }
    }

    private boolean isGoodEnough(Evaluation evaluation) {
        if (minAccuracy.isEmpty() || evaluation.accuracy() >= minAccuracy.get()) {
            return true;
        }
        console.say("the accuracy is " + evaluation.accuracy() + ", below --min-accuracy " + minAccuracy.get());
        return false;
    }
}
