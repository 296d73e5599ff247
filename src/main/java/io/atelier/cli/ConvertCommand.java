package io.atelier.cli;

import io.atelier.keras.KerasModel;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.TrainingConfig;
import io.atelier.keras.io.KerasWriter;
import io.atelier.keras.io.ReadOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a model as another kind of Keras file. */
@Command(
        name = "convert",
        description = "Write a model of Keras 1, 2 or 3 as a file of Keras 3: .keras or .h5, as the name of OUT ends.")
final class ConvertCommand implements Callable<Integer> {
    @Mixin
    private ModelArguments source = new ModelArguments();

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write: .keras or .h5.")
    @SuppressWarnings("NullAway.Init") // required
    private Path output;

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Mixin
    private VerboseOption verbose = new VerboseOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!force && Files.exists(output)) {
            throw CommandException.unreadable(output + ": there is a file already; --force replaces it", null);
        }
        KerasModel model = source.read(ReadOptions.DEFAULT);
        try {
            print(model, KerasWriter.write(model, output, force));
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()), e);
        } catch (UncheckedIOException e) {
            throw CommandException.unreadable(String.valueOf(e.getMessage()), e);
        }
    }

    private void print(KerasModel model, List<String> notes) {
        PrintWriter out = spec.commandLine().getOut();
        ModelOrigin origin = model.origin();
        out.printf(
                Locale.ROOT,
                "%s: %,d bytes, of %s (%s of Keras %s)%n",
                output,
                size(),
                Text.printable(origin.source()),
                origin.format().id(),
                origin.kerasVersion().orElse("1"));
        out.printf(
                Locale.ROOT,
                "model '%s': %,d layers, %,d parameters%n",
                Text.printable(model.name()),
                model.layers().size(),
                model.parameterCount());
        Optional<TrainingConfig> training = model.trainingConfig();
        training.flatMap(TrainingConfig::optimizer)
                .ifPresent(optimizer -> out.println("compiled with " + Text.printable(optimizer)
                        + training.flatMap(TrainingConfig::optimizerState)
                                .map(state -> ", after " + state.iterations() + " steps")
                                .orElse("")));
        notes.forEach(note -> out.println("note: " + Text.printable(note)));
    }

    private long size() {
        try {
            return Files.size(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
