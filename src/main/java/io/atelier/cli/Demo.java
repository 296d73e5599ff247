package io.atelier.cli;

import io.atelier.classify.FashionClassifier;
import io.atelier.classify.FashionItem;
import io.atelier.conformance.Conformance;
import io.atelier.conformance.ConformanceReport;
import io.atelier.conformance.Reference;
import io.atelier.conformance.TensorComparison;
import io.atelier.conformance.Verdict;
import io.atelier.dl4j.Dl4jEngine;
import io.atelier.dl4j.Dl4jImporter;
import io.atelier.dl4j.ImportCheck;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import io.atelier.keras.ModelSummary;
import io.atelier.keras.io.KerasReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From three files that Keras wrote to labels of images, with every step checked and shown. */
final class Demo {
    private static final List<String> FILES = List.of("model.keras", "model.h5", "model-keras2.h5");
    private static final int SUMMARY_COLUMNS = 80;

    private final Path folder;
    private final Terminal terminal;
    private final PrintWriter out;
    private final List<String> failures = new ArrayList<>();

    Demo(Path folder, Terminal terminal, PrintWriter out) {
        this.folder = folder;
        this.terminal = terminal;
        this.out = out;
    }

    /** Whether every check passed. */
    boolean run() {
        long start = System.nanoTime();
        List<KerasModel> models = FILES.stream()
                .map(file -> KerasReader.read(folder.resolve(file)))
                .toList();
        read(models);
        try (Dl4jEngine engine = imported(models.get(0))) {
            compare(models, engine);
            classify(engine);
        }
        out.println();
        double seconds = (System.nanoTime() - start) / 1e9;
        String verdict = failures.isEmpty()
                ? "✓ Deeplearning4j computes what Keras computed"
                : "✗ failed: " + String.join(", ", failures);
        out.println(verdict + String.format(Locale.ROOT, " (%.1f seconds).", seconds));
        return failures.isEmpty();
    }

    private void read(List<KerasModel> models) {
        title("Read three files that Keras wrote");
        for (KerasModel model : models) {
            String version = model.origin()
                    .kerasVersion()
                    .map(number -> "Keras " + number)
                    .orElse("Keras");
            line(String.format(
                    Locale.ROOT,
                    "  %-16s  %-6s %-13s  %2d layers  %s parameters",
                    model.origin().source(),
                    model.origin().format().id(),
                    version,
                    model.layers().size(),
                    Text.count(model.parameterCount())));
        }
        out.println();
        line(ModelSummary.of(models.get(0)).toText(SUMMARY_COLUMNS).stripTrailing());
    }

    private Dl4jEngine imported(KerasModel model) {
        title("Import into Deeplearning4j, and run it layer by layer");
        Dl4jEngine engine = new Dl4jEngine(Dl4jImporter.importModel(model));
        ImportCheck check = engine.check();
        ImportTable.lines(check).forEach(this::line);
        check("the import", check.isOk());
        return engine;
    }

    private void compare(List<KerasModel> models, Dl4jEngine engine) {
        title("Compare every layer with what Keras computed");
        Reference reference = Reference.read(folder.resolve("reference.npz"));
        ConformanceReport first = Conformance.check(engine, reference);
        line(first.toText().stripTrailing());
        out.println();
        line(first);
        for (KerasModel model : models.subList(1, models.size())) {
            try (InferenceEngine other = new Dl4jEngine(model)) {
                line(Conformance.check(other, reference));
            }
        }
    }

    private void line(ConformanceReport report) {
        boolean passes = report.verdict() == Verdict.PASS;
        double largest = report.comparisons().stream()
                .mapToDouble(TensorComparison::maxRel)
                .max()
                .orElse(0);
        line(String.format(
                Locale.ROOT,
                "%s %-15s  %d/%d tensors, largest difference %.1e, %d/%d labels as Keras",
                passes ? "✓" : "✗",
                report.file(),
                report.comparisons().size() - report.failures().size(),
                report.comparisons().size(),
                largest,
                Math.round(report.argmaxAgreement().orElse(0) * report.rows()),
                report.rows()));
        check(report.file(), passes);
        report.accuracy().ifPresent(accuracy -> check("the accuracy", accuracy.ours() == accuracy.keras()));
    }

    private void classify(Dl4jEngine engine) {
        title("Classify images of the test set");
        try (FashionClassifier classifier = FashionClassifier.of(engine)) {
            ImageStrip<FashionItem> strip = new ImageStrip<>(classifier, folder.resolve("images"));
            strip.lines(terminal).forEach(out::println);
            out.println();
            line(strip.accuracy());
        }
    }

    private void check(String what, boolean passes) {
        if (!passes) {
            failures.add(what);
        }
    }

    private void title(String text) {
        if (!text.startsWith("Read")) {
            out.println();
        }
        out.println("── " + text + " " + "─".repeat(SUMMARY_COLUMNS - text.length() - 4));
        out.println();
        out.flush();
    }

    private void line(String text) {
        out.println(Text.printable(text));
    }
}
