package io.atelier.keras.io;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.Problem;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.io.LayerParsers.ParsedLayer;
import io.atelier.keras.layer.Masked;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.UnsupportedInputException;
import io.atelier.keras.layer.WeightSpec;
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
    private final List<LayerEntry> tree;
    private final Problems problems;
    private final Map<String, LayerEntry> entries = new LinkedHashMap<>();
    private final Map<String, ParsedLayer> parsed = new HashMap<>();
    private final Map<TensorRef, Shape> shapes = new HashMap<>();
    private final Map<String, List<WeightSpec>> specs = new HashMap<>();
    private final Map<String, Map<String, Tensor>> weights = new HashMap<>();

    /**
     * @param graph with the layers of nested models in their place
     * @param tree the layers as the file lists them
     */
    ModelAssembler(
            ModelFile file, ModelGraph graph, List<LayerEntry> tree, CustomLayers customLayers, Problems problems) {
        this.file = file;
        this.customLayers = customLayers;
        this.graph = graph;
        this.tree = tree;
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
            LayerParsers.parse(entry, customLayers, problems).ifPresent(layer -> {
                parsed.put(entry.name(), layer);
                LegacyKernels.refusal(file, Masked.unwrapped(layer.config()))
                        .ifPresent(reason ->
                                problems.unsupported(Problem.ofLayer(entry.name(), entry.fileClassName(), reason)));
            });
        }
        problems.throwIfAny();
        List<LayerCall> calls = CallOrder.of(graph.layers(), problems);
        problems.throwIfAny();

        calls.forEach(this::follow);
        problems.throwIfAny();
        WeightStore store = file.weights().apply(tree);
        matchWeights(store);
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
                file.origin(),
                graph.nestedModels(),
                file.config());
    }

    private void matchWeights(WeightStore store) {
        Map<String, List<WeightSpec>> expected = new LinkedHashMap<>();
        for (LayerEntry entry : entries.values()) {
            boolean isTrainable = parsed(entry).trainable();
            expected.put(
                    entry.name(),
                    specs(entry).stream()
                            .map(spec -> new WeightSpec(spec.name(), spec.shape(), spec.trainable() && isTrainable))
                            .toList());
        }
        store.expect(expected);
        WeightMatcher matcher = new WeightMatcher(file, store, problems);
        for (LayerEntry entry : entries.values()) {
            weights.put(
                    entry.name(),
                    matcher.match(entry, Masked.unwrapped(parsed(entry).config()), specs(entry)));
        }
    }

    private ParsedLayer parsed(LayerEntry entry) {
        return Objects.requireNonNull(parsed.get(entry.name()));
    }

    /** What the layer's first call says; a layer that nothing calls has none. */
    private List<WeightSpec> specs(LayerEntry entry) {
        return specs.getOrDefault(entry.name(), List.of());
    }

    private void follow(LayerCall call) {
        LayerEntry entry = Objects.requireNonNull(entries.get(call.layer()));
        ParsedLayer layer = parsed(entry);
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
            specs.putIfAbsent(entry.name(), layer.config().weights(inputs));
            List<Shape> outputs = layer.config().outputShapes(inputs);
            for (int i = 0; i < outputs.size(); i++) {
                shapes.put(call.output(i), outputs.get(i));
            }
        } catch (UnsupportedInputException e) {
            problems.unsupported(Problem.ofLayer(entry.name(), entry.fileClassName(), String.valueOf(e.getMessage())));
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
        ParsedLayer layer = parsed(entry);
        return new KerasLayer(
                entry.name(),
                layer.config(),
                weights.getOrDefault(entry.name(), Map.of()),
                layer.trainable(),
                layer.dtypePolicy(),
                layer.trainingOptions());
    }
}
