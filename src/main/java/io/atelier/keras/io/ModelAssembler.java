package io.atelier.keras.io;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.Problem;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.io.LayerParsers.ParsedLayer;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Understands every layer, follows the shapes through the graph, fetches the weights, and puts the model together. */
final class ModelAssembler {
    private final ModelFile file;
    private final ModelGraph graph;
    private final CustomLayers customLayers;
    private final Problems problems;
    private final Map<String, LayerEntry> entries = new LinkedHashMap<>();
    private final Map<String, ParsedLayer> parsed = new HashMap<>();
    private final Map<TensorRef, Shape> shapes = new HashMap<>();
    private final Map<String, Map<String, Tensor>> weights = new HashMap<>();

    ModelAssembler(ModelFile file, ModelGraph graph, CustomLayers customLayers, Problems problems) {
        this.file = file;
        this.customLayers = customLayers;
        this.graph = graph;
        this.problems = problems;
    }

    KerasModel assemble() {
        for (LayerEntry entry : graph.layers()) {
            if (entries.putIfAbsent(entry.name(), entry) != null) {
                problems.invalid(Problem.ofLayer(
                        entry.name(),
                        entry.fileClassName(),
                        "the model has another layer of this name; names must be unique"));
            }
            LayerParsers.parse(entry, customLayers, problems).ifPresent(layer -> parsed.put(entry.name(), layer));
        }
        problems.throwIfAny();
        List<LayerCall> calls = CallOrder.of(graph.layers(), problems);
        problems.throwIfAny();

        WeightStore store = file.weights().apply(graph.layers());
        WeightMatcher matcher = new WeightMatcher(file, store, problems);
        calls.forEach(call -> follow(call, matcher));
        problems.throwIfAny();
        checkUnclaimed(store);
        problems.throwIfAny();
        return new KerasModel(
                graph.name(),
                graph.kind(),
                entries.values().stream().map(this::layer).toList(),
                calls,
                graph.inputs(),
                graph.outputs(),
                file.trainingConfig(),
                file.origin());
    }

    private void follow(LayerCall call, WeightMatcher matcher) {
        LayerEntry entry = Objects.requireNonNull(entries.get(call.layer()));
        ParsedLayer layer = Objects.requireNonNull(parsed.get(call.layer()));
        List<Shape> inputs = new ArrayList<>();
        for (TensorRef input : call.inputs()) {
            Shape shape = shapes.get(input);
            if (shape == null) {
                // What made it has failed, and that is the problem to report.
                return;
            }
            inputs.add(shape);
        }
        try {
            if (!weights.containsKey(entry.name())) {
                weights.put(
                        entry.name(),
                        matcher.match(entry, layer.config(), layer.config().weights(inputs)));
            }
            List<Shape> outputs = layer.config().outputShapes(inputs);
            for (int i = 0; i < outputs.size(); i++) {
                shapes.put(call.output(i), outputs.get(i));
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.invalid(Problem.ofLayer(entry.name(), entry.fileClassName(), String.valueOf(e.getMessage())));
        }
    }

    private void checkUnclaimed(WeightStore store) {
        List<String> unclaimed = store.unclaimed();
        if (!unclaimed.isEmpty()) {
            problems.invalid(Problem.ofFile("the file holds weights that no layer of the model takes: "
                    + ConfigReader.brief(unclaimed.toString())
                    + ". It was written by a newer Keras, or put together by hand"));
        }
    }

    private KerasLayer layer(LayerEntry entry) {
        ParsedLayer layer = Objects.requireNonNull(parsed.get(entry.name()));
        return new KerasLayer(
                entry.name(),
                layer.config(),
                weights.getOrDefault(entry.name(), Map.of()),
                layer.trainable(),
                layer.dtypePolicy(),
                layer.trainingOptions());
    }
}
