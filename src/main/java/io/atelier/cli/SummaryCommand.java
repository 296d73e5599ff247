package io.atelier.cli;

import io.atelier.keras.ModelSummary;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the table that Keras's {@code model.summary()} prints. */
@Command(name = "summary", description = "Print a model's layers as Keras's model.summary() does.")
final class SummaryCommand implements Runnable {
    private static final int FEWEST_COLUMNS = 40;

    @Mixin
    private ModelArguments model = new ModelArguments();

    @Option(
            names = "--columns",
            paramLabel = "N",
            description = "The width of the table, at least " + FEWEST_COLUMNS + " (default: the terminal's, or 80).")
    private Optional<Integer> columns = Optional.empty();

    @Mixin
    private Console console = new Console();

    @Override
    public void run() {
        int width = columns.orElseGet(() -> Terminal.detect().columns());
        if (width < FEWEST_COLUMNS) {
            throw console.invalid("--columns", "at least " + FEWEST_COLUMNS, width);
        }
        console.print(ModelSummary.of(model.read()).toText(width));
    }
}
