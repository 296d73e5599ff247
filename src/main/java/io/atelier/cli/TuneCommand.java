package io.atelier.cli;

import io.atelier.classify.Labels;
import io.atelier.data.Dataset;
import io.atelier.keras.KerasModel;
import io.atelier.keras.io.KerasWriter;
import io.atelier.keras.io.ReadOptions;
import io.atelier.tune.FineTuner;
import io.atelier.tune.FineTunerBuilder;
import io.atelier.tune.Stop;
import io.atelier.tune.Tuned;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a classifier's model further. */
@Command(
        name = "tune",
        description =
                "Train a classifier's model further, on images of one's own, and write it as Keras does. Control-C ends"
                        + " it with the last epoch that is done.")
final class TuneCommand implements Callable<Integer> {
    @Mixin
    private ModelArguments arguments = new ModelArguments();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "MODEL",
            required = true,
            description = "The .keras or .h5 file to write.")
    @SuppressWarnings("NullAway.Init") // required
    private Path output;

    @Mixin
    private ForceOption force = new ForceOption();

    @Option(
            names = "--replace-head",
            description =
                    "Put a fresh Dense in the place of the last, with a unit for each label: those of --labels, or of"
                            + " the data.")
    private boolean replaceHead;

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Option(
            names = "--report",
            paramLabel = "PAGE",
            description =
                    "Write an HTML page of how good the model is, with charts of the training; it needs no other file.")
    private Optional<Path> report = Optional.empty();

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Mixin
    private ClassifierOptions options = new ClassifierOptions();

    @Mixin
    private Console console = new Console();

    @Override
    public Integer call() {
        checkOutputs();
        KerasModel model = arguments.read(ReadOptions.DEFAULT);
        if (!replaceHead) {
            Labels<?> labels = options.labels(model);
            return run(model, labels, data.read(labels.displayNames()));
        }
        Optional<Labels<?>> given = options.givenLabels();
        Dataset dataset = data.read(given.map(Labels::displayNames).orElse(List.of()));
        return run(model, given.orElseGet(() -> Labels.of(dataset.classNames())), dataset);
    }

    /** Found out now rather than after hours of work. */
    private void checkOutputs() {
        String name = String.valueOf(output.getFileName());
        if (!name.endsWith(".keras") && !name.endsWith(".h5")) {
            throw console.invalid("-o", "a name ending in .keras or .h5", output);
        }
        force.check(output);
        OutputFiles.requireFolder(output, "model");
        report.ifPresent(page -> OutputFiles.requireFolder(page, "page"));
    }

    private <L> int run(KerasModel model, Labels<L> labels, Dataset dataset) {
        TuningProgress progress = new TuningProgress(Terminal.detect(), console.err());
        FineTunerBuilder<L> builder = FineTuner.of(model, labels, options.preprocessing(model));
        if (replaceHead) {
            builder = builder.replaceHead(labels);
        }
        try (Interrupts interrupts = new Interrupts()) {
            FineTuner<L> tuner = tuner(
                    builder.unreadable(data.unreadable()).listener(progress).cancelledWhen(interrupts::isInterrupted));
            try {
                return finish(tuned(tuner, dataset, progress));
            } catch (RuntimeException e) {
                if (!interrupts.isInterrupted()) {
                    throw e;
                }
                // Said here, as the process ends as soon as the interrupts are closed.
                console.say(String.valueOf(e.getMessage()));
                return ExitCode.CHECK_FAILED;
            }
        }
    }

    private static <L> Tuned<L> tuned(FineTuner<L> tuner, Dataset dataset, TuningProgress progress) {
        try {
            return tuner.tune(dataset);
        } finally {
            progress.close();
        }
    }

    private <L> FineTuner<L> tuner(FineTunerBuilder<L> builder) {
        try {
            training.apply(builder, options.areLogits());
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(arguments.file().getFileName() + ": " + e.getMessage(), e);
        }
    }

    private int finish(Tuned<?> tuned) {
        console.print(json ? tuned.report().toJson() : tuned.report().toText());
        Stop stop = tuned.report().stop();
        if (tuned.report().keptEpoch() == 0) {
            console.say("no epoch was done, as " + stop.reason() + "; nothing is written");
            return ExitCode.CHECK_FAILED;
        }
        write(tuned.model());
        report.ifPresent(page -> write(page, tuned));
        if (stop == Stop.DIVERGED || stop == Stop.CANCELLED) {
            console.say("it ended early, as " + stop.reason() + "; " + output + " has the weights after epoch "
                    + tuned.report().keptEpoch());
            return ExitCode.CHECK_FAILED;
        }
        return ExitCode.OK;
    }

    private void write(KerasModel model) {
        try {
            KerasWriter.write(model, output, force.isGiven()).forEach(console::say);
        } catch (UncheckedIOException e) {
            throw CommandException.unreadable(e);
        }
    }

    private void write(Path page, Tuned<?> tuned) {
        try {
            tuned.report().toPage().write(page);
        } catch (UncheckedIOException e) {
            throw CommandException.unreadable(e);
        }
    }
}
