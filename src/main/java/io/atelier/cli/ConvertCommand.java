package io.atelier.cli;

import io.atelier.keras.KerasModel;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.TrainingConfig;
import io.atelier.keras.io.KerasWriter;
import io.atelier.keras.io.ReadOptions;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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

    @Mixin
    private ForceOption force = new ForceOption();

    @Mixin
    private Console console = new Console();

    @Override
    public Integer call() {
        force.check(output);
        KerasModel model = source.read(ReadOptions.DEFAULT);
        try {
            print(model, KerasWriter.write(model, output, force.isGiven()));
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(e);
        } catch (UncheckedIOException e) {
            throw CommandException.unreadable(e);
        }
    }

    private void print(KerasModel model, List<String> notes) {
        PrintWriter out = console.out();
        ModelOrigin origin = model.origin();
        out.printf(
                Locale.ROOT,
                "%s: %,d bytes, of %s (%s of Keras %s)%n",
                output,
                OutputFiles.size(output),
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
}
