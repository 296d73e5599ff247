package io.atelier.docs;

import io.atelier.engine.Engine;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.ModelException;
import io.atelier.keras.Problem;
import io.atelier.keras.io.KerasReader;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.Masked;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * docs/layers.md: for each layer of Keras every case, in every kind of file and every engine, proven or refused.
 *
 * <p>Rows come from the fixtures and from what the engines refuse; the differences from a run of the conformance suite.
 */
public final class LayersPage {
    static final Path COMMITTED = Path.of("docs/layers.md");
    private static final Path WRITTEN = Path.of("target/layers.md");
    private static final int MOST_VALUES = 12;
    private static final int LONGEST_REASON = 140;

    private static final String HEADING = """
            # Layers

            Written by `FixtureConformanceTest`; do not edit. To write it again:

            ```sh
            mvn -q test -Dtest=FixtureConformanceTest && cp target/layers.md docs/layers.md
            ```

            Each row is a case in [fixtures/conformance](../fixtures/conformance/README.md): a small model that Keras wrote, with
            what Keras computed. A number says that the case is proven, and is the largest difference seen in any call of the
            layer in any of the files, relative to max(1, max|Keras|); 1e-5 would fail. The options are those with which at least
            one engine is proven.
            """;

    /** A case of a layer: what each engine makes of it. */
    private record Row(String name, Set<String> formats, Map<Engine, Optional<String>> refusals) {}

    private final Map<String, Double> differences = new ConcurrentHashMap<>();

    /** Notes the largest difference of each class of layers of a file in an engine. */
    public void addDifferences(Path file, Engine engine, Map<String, Double> byClass) {
        byClass.forEach((className, difference) ->
                differences.merge(key(className, caseName(file), engine), difference, Math::max));
    }

    /** Writes the page into the build's folder, if the suite ran over all fixtures. */
    public void write() throws IOException {
        if (System.getProperty("fixtures", "").isEmpty()) {
            Files.createDirectories(Path.of("target"));
            Files.writeString(WRITTEN, text());
        }
    }

    String text() {
        Map<String, Map<String, Row>> rows = new TreeMap<>();
        Map<String, Map<String, Set<String>>> options = new TreeMap<>();
        for (Path file : Fixtures.models()) {
            KerasModel model = Fixtures.read(file);
            Map<Engine, List<Problem>> refusals = Arrays.stream(Engine.values())
                    .collect(Collectors.toMap(engine -> engine, engine -> engine.refusals(model)));
            boolean isProven = refusals.values().stream().anyMatch(List::isEmpty);
            for (KerasLayer layer : model.layers()) {
                if (layer.config() instanceof InputLayer) {
                    continue;
                }
                Row row = rows.computeIfAbsent(layer.className(), name -> new TreeMap<>())
                        .computeIfAbsent(caseName(file), name -> new Row(name, new LinkedHashSet<>(), new TreeMap<>()));
                row.formats().add(format(file));
                refusals.forEach(
                        (engine, problems) -> row.refusals().merge(engine, reason(layer, problems), LayersPage::first));
                if (isProven) {
                    addOptions(
                            options.computeIfAbsent(layer.className(), name -> new TreeMap<>()),
                            Masked.unwrapped(layer.config()));
                }
            }
        }
        List<String> lines = new ArrayList<>();
        rows.forEach((className, ofClass) -> {
            lines.add("\n## " + className + "\n");
            String seen = options.getOrDefault(className, Map.of()).entrySet().stream()
                    .map(option -> option.getKey() + " " + String.join(", ", option.getValue()))
                    .collect(Collectors.joining("; "));
            lines.add(seen.isEmpty() ? "No options.\n" : "Options: " + seen + ".\n");
            lines.add("| case | files | "
                    + Arrays.stream(Engine.values()).map(Engine::id).collect(Collectors.joining(" | ")) + " |");
            lines.add("| --- ".repeat(2 + Engine.values().length) + "|");
            ofClass.values().forEach(row -> lines.add(line(className, row)));
        });
        lines.add("\n## Files that are refused when they are read\n");
        lines.add("| file | reason |\n| --- | --- |");
        Fixtures.REFUSED.stream().sorted().forEach(file -> lines.add("| `" + file + "` | " + refusal(file) + " |"));
        return HEADING + String.join("\n", lines) + "\n";
    }

    private static String refusal(String file) {
        try {
            KerasReader.read(Fixtures.ROOT.resolve("conformance").resolve(file));
            throw new IllegalStateException(file + " is no longer refused: take it out of Fixtures.REFUSED");
        } catch (ModelException e) {
            return e.problems().get(0).toString().replace("|", "\\|");
        }
    }

    private String line(String className, Row row) {
        return "| `" + row.name() + "` | " + String.join(", ", row.formats()) + " | "
                + Arrays.stream(Engine.values())
                        .map(engine -> row.refusals()
                                .getOrDefault(engine, Optional.empty())
                                .map(reason -> "refused: " + reason)
                                .orElseGet(() -> difference(key(className, row.name(), engine))))
                        .collect(Collectors.joining(" | "))
                + " |";
    }

    private String difference(String key) {
        Double difference = differences.get(key);
        return difference == null ? "proven" : difference == 0 ? "0" : String.format(Locale.ROOT, "%.0e", difference);
    }

    private static Optional<String> first(Optional<String> one, Optional<String> other) {
        return one.isPresent() ? one : other;
    }

    /** Why an engine refuses a layer's model: for what the layer itself is, if that is among the reasons. */
    private static Optional<String> reason(KerasLayer layer, List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.layer()
                        .filter(name -> name.startsWith("'" + layer.name() + "'"))
                        .isPresent())
                .map(Problem::message)
                .findFirst()
                .or(() -> problems.stream().map(Problem::toString).findFirst())
                .map(reason -> reason.replace("|", "\\|").replace("\n", " "))
                .map(reason ->
                        reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON - 1) + "…");
    }

    /** The values of a record's components that have been seen. */
    private static void addOptions(Map<String, Set<String>> seen, Object config) {
        for (RecordComponent component :
                Optional.ofNullable(config.getClass().getRecordComponents()).orElse(new RecordComponent[0])) {
            Object value = value(config, component);
            if (value instanceof Record) {
                addOptions(seen, value);
                continue;
            }
            Set<String> values = seen.computeIfAbsent(component.getName(), name -> new LinkedHashSet<>());
            String text = String.valueOf(value)
                    .replaceAll("Optional\\.empty", "none")
                    .replaceAll("Optional\\[(.*)]", "$1")
                    .toLowerCase(Locale.ROOT);
            if (values.size() < MOST_VALUES && text.length() <= LONGEST_REASON / 2) {
                values.add(text.replace("|", "\\|"));
            } else {
                values.add("…");
            }
        }
    }

    private static Object value(Object config, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String caseName(Path file) {
        return String.valueOf(file.getName(file.getNameCount() - 2));
    }

    /** {@code h5}, {@code keras2 h5}, {@code json}. */
    private static String format(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        int dash = name.indexOf('-');
        return (dash < 0 ? "" : name.substring(dash + 1, dot) + " ") + name.substring(dot + 1);
    }

    private static String key(String className, String caseName, Engine engine) {
        return className + " " + caseName + " " + engine.id();
    }
}
