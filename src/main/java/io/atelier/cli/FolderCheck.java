package io.atelier.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.conformance.Conformance;
import io.atelier.conformance.ConformanceReport;
import io.atelier.conformance.Reference;
import io.atelier.conformance.TensorComparison;
import io.atelier.conformance.Verdict;
import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.InvalidModelException;
import io.atelier.keras.KerasModel;
import io.atelier.keras.ModelException;
import io.atelier.keras.Problem;
import io.atelier.keras.io.KerasReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every model of a folder in every engine: what Keras computed, refused with the reason, or wrong. */
final class FolderCheck {
    private enum Outcome {
        PASS,
        REFUSED,
        UNPROVEN,
        FAIL;

        String word() {
            return this == FAIL ? name() : name().toLowerCase(Locale.ROOT);
        }
    }

    private record Row(String file, String engine, Outcome outcome, String detail) {}

    private final Path folder;
    private final List<Row> rows = new ArrayList<>();

    FolderCheck(Path folder) {
        this.folder = folder;
        new ModelFolder(folder).entries().forEach(this::check);
        if (rows.isEmpty()) {
            throw CommandException.unreadable(folder + ": the folder holds no .keras, .h5 or .hdf5 file");
        }
    }

    boolean isOk() {
        return rows.stream().noneMatch(row -> row.outcome() == Outcome.FAIL);
    }

    private void check(ModelFolder.Entry entry) {
        String file = folder.relativize(entry.file()).toString();
        KerasModel model;
        try {
            model = read(entry);
        } catch (ModelException e) {
            rows.add(new Row(file, "-", Outcome.REFUSED, reason(e.problems())));
            return;
        }
        for (Engine engine : Engine.values()) {
            rows.add(run(file, entry, model, engine));
        }
    }

    /** A file of weights alone is read with the architecture beside it. */
    private static KerasModel read(ModelFolder.Entry entry) {
        try {
            return KerasReader.read(entry.file());
        } catch (InvalidModelException e) {
            if (entry.architecture().isEmpty()) {
                throw e;
            }
            return KerasReader.read(entry.architecture().get(), entry.file());
        }
    }

    private static Row run(String file, ModelFolder.Entry entry, KerasModel model, Engine engine) {
        List<Problem> refusals = engine.refusals(model);
        if (!refusals.isEmpty()) {
            return new Row(file, engine.id(), Outcome.REFUSED, reason(refusals));
        }
        if (entry.reference().isEmpty()) {
            return new Row(file, engine.id(), Outcome.UNPROVEN, "there is no reference beside the model");
        }
        try (InferenceEngine running = engine.open(model)) {
            ConformanceReport report =
                    Conformance.check(running, Reference.read(entry.reference().get()));
            double largest = report.comparisons().stream()
                    .mapToDouble(TensorComparison::maxRel)
                    .reduce(0, (a, b) -> Double.compare(a, b) > 0 ? a : b);
            return new Row(
                    file,
                    engine.id(),
                    report.verdict() == Verdict.PASS ? Outcome.PASS : Outcome.FAIL,
                    "largest difference " + String.format(Locale.ROOT, "%.1e", largest));
        } catch (RuntimeException e) {
            // One model must not keep the others from being checked, whatever is wrong with it.
            return new Row(file, engine.id(), Outcome.FAIL, String.valueOf(e.getMessage()));
        }
    }

    private static String reason(List<Problem> problems) {
        String first = problems.isEmpty() ? "" : problems.get(0).toString();
        return problems.size() > 1 ? first + " (and " + (problems.size() - 1) + " more)" : first;
    }

    String toText() {
        int width = rows.stream().mapToInt(row -> row.file().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %-4s  %-8s  %s%n",
                    row.file(),
                    row.engine(),
                    row.outcome().word(),
                    row.detail().replace('\n', ' ')));
        }
        for (Outcome outcome : Outcome.values()) {
            long count = rows.stream().filter(row -> row.outcome() == outcome).count();
            text.append(outcome == Outcome.PASS ? "\n" : ", ")
                    .append(count)
                    .append(' ')
                    .append(outcome.word());
        }
        return text.toString();
    }

    /** A list of {file, engine, outcome, detail}. */
    String toJson() {
        List<Map<String, String>> list = new ArrayList<>();
        for (Row row : rows) {
            Map<String, String> object = new LinkedHashMap<>();
            object.put("file", row.file());
            object.put("engine", row.engine());
            object.put("outcome", row.outcome().name().toLowerCase(Locale.ROOT));
            object.put("detail", row.detail());
            list.add(object);
        }
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(list);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
