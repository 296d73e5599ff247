package io.atelier.cli;

import io.atelier.classify.FashionItem;
import io.atelier.classify.Labels;
import io.atelier.conformance.Reference;
import io.atelier.keras.KerasModel;
import io.atelier.keras.layer.Shape;
import io.atelier.onnx.OnnxExport;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a model for other programs. */
@Command(
        name = "export",
        description =
                "Write a model as an ONNX file, after checking that the file gives the model's numbers; exit status 1,"
                        + " and no file, if it does not. Labels are written along if they are known.")
final class ExportCommand implements Callable<Integer> {
    /** What a model can be written as. */
    enum Target {
        ONNX
    }

    @Mixin
    private ModelArguments source = new ModelArguments();

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            required = true,
            converter = Words.Targets.class,
            completionCandidates = Words.Targets.class,
            description = "What to write: ${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init") // required
    private Target target;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            required = true,
            description = "The file to write.")
    @SuppressWarnings("NullAway.Init") // required
    private Path output;

    @Mixin
    private ForceOption force = new ForceOption();

    @Mixin
    private LabelsOption labels = new LabelsOption();

    @Option(
            names = "--reference",
            paramLabel = "REF",
            description = "Check against what Keras computed, too: a .npz as for verify.")
    private Optional<Path> reference = Optional.empty();

    @Mixin
    private Console console = new Console();

    @Override
    public Integer call() {
        KerasModel model = source.read();
        Optional<Reference> expected = reference.map(Reference::read);
        OnnxExport export = switch (target) {
            case ONNX -> labelled(OnnxExport.of(model), model);
        };
        force.check(output);
        ExportCheck check = new ExportCheck(expected);
        try {
            export.write(output, force.isGiven(), check);
            print(export, check);
            return ExitCode.OK;
        } catch (UncheckedIOException e) {
            throw CommandException.unreadable(e);
        }
    }

    private OnnxExport labelled(OnnxExport export, KerasModel model) {
        Optional<List<String>> known = labels.isFashion(model)
                ? Optional.of(Labels.ofEnum(FashionItem.class).displayNames())
                : labels.given().map(Labels::displayNames);
        try {
            return known.map(export::withLabels).orElse(export);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(source.file().getFileName() + ": option --labels: " + e.getMessage(), e);
        }
    }

    private void print(OnnxExport export, ExportCheck check) {
        PrintWriter out = console.out();
        out.printf(Locale.ROOT, "%s: %,d bytes of ONNX%n", output, OutputFiles.size(output));
        export.inputs().forEach((name, shape) -> print("input", name, shape));
        export.outputs().forEach((name, shape) -> print("output", name, shape));
        for (Map.Entry<String, Double> difference : check.differences().entrySet()) {
            out.printf(Locale.ROOT, "largest difference from %s: %.1e%n", difference.getKey(), difference.getValue());
        }
    }

    private void print(String kind, String name, Shape shape) {
        console.out().printf("%-6s  %s %s%n", kind, Text.printable(name), shape);
    }
}
