package io.atelier.cli;

import io.atelier.keras.io.ModelInspection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a file holds, and what would be refused, before anything is imported. */
@Command(
        name = "inspect",
        description = "Tell what a file holds, and which engine would run it or why not; exit status 3 if it cannot be"
                + " read.")
final class InspectCommand implements Callable<Integer> {
    @Mixin
    private ModelArguments model = new ModelArguments();

    @Option(names = "--json", description = "Print the same as JSON.")
    private boolean json;

    @Mixin
    private Console console = new Console();

    @Override
    public Integer call() {
        ModelInspection inspection = model.inspect();
        InspectionReport report = new InspectionReport(inspection);
        console.print(json ? report.toJson() : report.toText());
        return inspection.problems().isEmpty() ? ExitCode.OK : ExitCode.UNREADABLE;
    }
}
