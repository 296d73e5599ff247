package io.atelier.cli;

import io.atelier.conformance.Conformance;
import io.atelier.conformance.ConformanceReport;
import io.atelier.conformance.Reference;
import io.atelier.conformance.Verdict;
import io.atelier.engine.InferenceEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares what an engine makes of a model with what Keras computed. */
@Command(
        name = "verify",
        description = "Compare every layer and output with what Keras computed; exit status 1 if one differs. Given a"
                + " folder, do so for every model in it that has a .npz of its name, or reference.npz, beside it, in every"
                + " engine.")
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private ModelArguments model = new ModelArguments();

    @Option(
            names = "--reference",
            paramLabel = "REF",
            description = "What Keras computed: a .npz with the arrays inputs/0, outputs/0, layers/NAME.")
    private Optional<Path> reference = Optional.empty();

    @Mixin
    private EngineOption engine = new EngineOption();

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Mixin
    private Console console = new Console();

    @Override
    public Integer call() {
        if (Files.isDirectory(model.file())) {
            FolderCheck check = new FolderCheck(model.file());
            console.print(json ? check.toJson() : check.toText());
            return check.isOk() ? ExitCode.OK : ExitCode.CHECK_FAILED;
        }
        Reference expected = Reference.read(reference.orElseThrow(
                () -> console.wrong("missing required option: '--reference=REF' (only a folder does without)")));
        try (InferenceEngine running = engine.engine().open(model.read())) {
            ConformanceReport report = Conformance.check(running, expected);
            console.print(json ? report.toJson() : report.toText());
            return report.verdict() == Verdict.PASS ? ExitCode.OK : ExitCode.CHECK_FAILED;
        }
    }
}
