package io.atelier.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.engine.Engine;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Problem;
import io.atelier.keras.TensorRef;
import io.atelier.keras.io.ModelInspection;
import io.atelier.keras.layer.InputLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An inspection for people and for programs: one map of facts, which both forms print. */
final class InspectionReport {
    private final ModelInspection inspection;
    private final Map<String, Object> facts = new LinkedHashMap<>();

    InspectionReport(ModelInspection inspection) {
        this.inspection = inspection;
        facts.put("file", inspection.origin().source());
        facts.put("format", inspection.origin().format().id());
        facts.put("kerasVersion", inspection.origin().kerasVersion().orElse("unknown"));
        facts.put("backend", inspection.origin().backend().orElse("unknown"));
        inspection.model().ifPresent(this::model);
        facts.put("layers", layers());
        facts.put("parameters", sum(inspection.layers()));
        facts.put(
                "optimizer",
                inspection
                        .trainingConfig()
                        .map(config -> config.optimizer().orElse("unknown"))
                        .orElse("not compiled"));
        facts.put(
                "loss",
                inspection
                        .trainingConfig()
                        .map(config -> config.loss().orElse("unknown"))
                        .orElse("not compiled"));
        facts.put(
                "problems",
                inspection.problems().stream().map(Problem::toString).toList());
        facts.put("engines", engines());
    }

    private void model(KerasModel model) {
        facts.put("name", model.name());
        facts.put("kind", model.kind().name().toLowerCase(Locale.ROOT));
        facts.put(
                "inputs",
                model.inputs().stream()
                        .map(ref -> ref.layer() + " " + model.shape(ref) + " " + dtype(model, ref))
                        .toList());
        facts.put(
                "outputs",
                model.outputs().stream()
                        .map(ref -> ref.layer() + " " + model.shape(ref))
                        .toList());
    }

    private static String dtype(KerasModel model, TensorRef ref) {
        return model.layer(ref.layer()).config() instanceof InputLayer input ? input.dtype() : "";
    }

    /** For each kind of layer how many there are and how many parameters they have. */
    private List<Map<String, Object>> layers() {
        Map<String, List<ModelInspection.Layer>> byClass = inspection.layers().stream()
                .collect(Collectors.groupingBy(ModelInspection.Layer::className, TreeMap::new, Collectors.toList()));
        List<Map<String, Object>> rows = new ArrayList<>();
        byClass.forEach((className, layers) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("class", className);
            row.put("count", layers.size());
            row.put("parameters", sum(layers));
            rows.add(row);
        });
        return rows;
    }

    private static Object sum(List<ModelInspection.Layer> layers) {
        return layers.stream().map(ModelInspection.Layer::parameters).allMatch(OptionalLong::isPresent)
                ? layers.stream()
                        .mapToLong(layer -> layer.parameters().orElse(0))
                        .sum()
                : "unknown";
    }

    /** What each engine refuses; of a model that cannot be read, of those of its layers that can. */
    private Map<String, Object> engines() {
        Map<String, Object> engines = new LinkedHashMap<>();
        for (Engine engine : Engine.values()) {
            engines.put(
                    engine.id(),
                    inspection
                            .model()
                            .map(model -> engine.refusals(model).stream()
                                    .map(Problem::toString)
                                    .toList())
                            .orElseGet(() -> refusalsOfLayers(engine)));
        }
        return engines;
    }

    private List<String> refusalsOfLayers(Engine engine) {
        List<String> refusals = new ArrayList<>(List.of("the file cannot be read"));
        for (ModelInspection.Layer layer : inspection.layers()) {
            layer.config()
                    .flatMap(engine::refusal)
                    .ifPresent(reason -> refusals.add(Problem.ofLayer(layer.name(), layer.className(), reason)
                            .toString()));
        }
        return refusals;
    }

    String toJson() {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(facts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    String toText() {
        List<String> lines = new ArrayList<>();
        facts.forEach((name, value) -> {
            if (name.equals("layers")) {
                lines.add(line(name, inspection.layers().size()));
                layers().forEach(row -> lines.add(String.format(
                        Locale.ROOT,
                        "  %-28s %5s %15s",
                        row.get("class"),
                        row.get("count"),
                        count(String.valueOf(row.get("parameters"))))));
            } else if (value instanceof List<?> list) {
                list.forEach(item -> lines.add(line(name.replaceAll("s$", ""), item)));
            } else if (value instanceof Map<?, ?> map) {
                map.forEach((engine, refusals) -> {
                    boolean runs = ((List<?>) refusals).isEmpty();
                    lines.add(line("engine " + engine, runs ? "runs it" : "refuses it"));
                    ((List<?>) refusals).forEach(reason -> lines.add("  " + reason));
                });
            } else {
                lines.add(line(name, value instanceof Long number ? Text.count(number) : value));
            }
        });
        return String.join("\n", lines);
    }

    private static String count(String number) {
        return number.matches("\\d+") ? Text.count(Long.parseLong(number)) : number;
    }

    private static String line(String name, Object value) {
        return String.format(Locale.ROOT, "%-13s %s", name, value);
    }
}
