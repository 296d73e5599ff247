package io.atelier.keras.io;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.KerasModel.Kind;
import io.atelier.keras.Problem;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.LayerOperation;
import io.atelier.keras.layer.Masked;
import io.atelier.keras.layer.Operation;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The config of a model of Keras 1 or 2 as an archive of Keras 3 has it. */
final class OldArchitecture {
    /** Arguments by name, and those that a call takes by its position, in Keras 3's order. */
    private static final List<String> WITH_SEPARATE_ARGUMENTS = List.of("MultiHeadAttention", "GroupedQueryAttention");

    private static final List<String> RECURRENT =
            List.of("RNN", "SimpleRNN", "LSTM", "GRU", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D");

    private final Problems problems;
    private final Map<TensorRef, Shape> shapes = new HashMap<>();

    private OldArchitecture(KerasModel model) {
        this.problems = new Problems(model.origin().source());
        model.tensors().forEach(tensor -> shapes.put(tensor, model.shape(tensor)));
    }

    /** @param model read from a file of Keras 1 or 2 */
    static Map<String, @Nullable Object> inKeras3(KerasModel model) {
        Problems problems = new Problems(model.origin().source());
        ModelGraph graph =
                new ModelConfigParser(model.origin(), ImportLimits.DEFAULT, problems).parse(model.architecture());
        problems.throwIfAny();
        OldArchitecture architecture = new OldArchitecture(model);
        architecture.refuseGivenMasks(model);
        Map<String, @Nullable Object> config = architecture.model(graph, "");
        architecture.problems.throwIfAny();
        return config;
    }

    private void refuseGivenMasks(KerasModel model) {
        for (KerasLayer layer : model.layers()) {
            boolean isLayer = layer.config() instanceof LayerOperation operation && operation.isOfEachStep();
            if (layer.config() instanceof Masked || (layer.config() instanceof Operation && !isLayer)) {
                problems.unsupported(Problem.ofLayer(
                        layer.name(),
                        layer.className(),
                        "a mask that is given to a call, or computed for it, is not written in Keras 3's terms; build the"
                                + " model again in Keras 3, and load its weights"));
            }
        }
    }

    private Map<String, @Nullable Object> model(ModelGraph graph, String prefix) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("name", graph.name());
        config.put("trainable", true);
        boolean isChain = graph.kind() == Kind.SEQUENTIAL;
        List<Map<String, @Nullable Object>> layers = new ArrayList<>();
        for (LayerEntry entry : graph.layers()) {
            // The input of a chain within a model is what it is called with.
            if (!isChain || !entry.className().equals("InputLayer") || hasShape(entry)) {
                layers.add(layer(entry, prefix, isChain, graph));
            }
        }
        config.put("layers", layers);
        if (!isChain) {
            config.put("input_layers", ends(graph.inputs(), graph));
            config.put("output_layers", ends(graph.outputs(), graph));
        }
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        whole.put("class_name", isChain ? "Sequential" : "Functional");
        whole.put("config", config);
        return ClassPaths.inArchive(whole);
    }

    private static boolean hasShape(LayerEntry input) {
        return input.config().get("batch_shape") != null || input.config().get("batch_input_shape") != null;
    }

    private Map<String, @Nullable Object> layer(LayerEntry entry, String prefix, boolean isInChain, ModelGraph graph) {
        Map<String, @Nullable Object> layer = entry.nested()
                .map(nested -> model(nested, prefix + entry.name() + "/"))
                .orElseGet(() -> single(entry));
        if (entry.nested().isPresent() && entry.className().equals("TimeDistributed")) {
            layer = ClassPaths.inArchive(
                    Map.of("class_name", entry.className(), "config", Map.of("name", entry.name(), "layer", layer)));
        }
        if (isInChain) {
            return layer;
        }
        Map<String, @Nullable Object> placed = new LinkedHashMap<>(layer);
        placed.put("name", entry.name());
        placed.put(
                "inbound_nodes",
                entry.className().equals("InputLayer")
                        ? List.of()
                        : entry.calls().stream()
                                .map(inputs -> call(entry, inputs, prefix))
                                .toList());
        return placed;
    }

    private Map<String, @Nullable Object> single(LayerEntry entry) {
        Map<String, @Nullable Object> layer = new LinkedHashMap<>();
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("name", entry.name());
        try {
            config.putAll(Keras3Options.of(entry.className(), entry.fileConfig()));
        } catch (UnsupportedOptionException e) {
            problems.unsupported(Problem.ofLayer(entry.name(), entry.fileClassName(), String.valueOf(e.getMessage())));
        }
        config.put("name", entry.name());
        layer.put("class_name", Keras3Options.className(entry.className().replace(LayerEntry.CUSTOM, "")));
        layer.put("config", config);
        return ClassPaths.inArchive(layer);
    }

    private Map<String, Object> call(LayerEntry entry, List<TensorRef> inputs, String prefix) {
        List<Map<String, Object>> tensors =
                inputs.stream().map(input -> tensor(input, prefix)).toList();
        Map<String, Object> keywords = new LinkedHashMap<>();
        if (Boolean.TRUE.equals(entry.config().get(InboundNodes.USE_CAUSAL_MASK))) {
            keywords.put(InboundNodes.USE_CAUSAL_MASK, true);
        }
        List<?> arguments;
        if (RECURRENT.contains(entry.className()) && tensors.size() > 1) {
            arguments = tensors.subList(0, 1);
            keywords.put("initial_state", tensors.subList(1, tensors.size()));
        } else if (WITH_SEPARATE_ARGUMENTS.contains(entry.className())) {
            arguments = tensors;
        } else {
            boolean isList = tensors.size() != 1 || MergingParsers.merges(entry.className());
            arguments = isList ? List.of(tensors) : tensors;
        }
        return Map.of("args", arguments, "kwargs", keywords);
    }

    private Map<String, Object> tensor(TensorRef tensor, String prefix) {
        // Keras makes nothing of the shape when it reads it.
        Shape shape = shapes.getOrDefault(
                new TensorRef(prefix + tensor.layer(), tensor.node(), tensor.index()), Shape.of(Shape.UNKNOWN));
        List<@Nullable Integer> sizes = new ArrayList<>();
        for (int size : shape.toArray()) {
            sizes.add(size == Shape.UNKNOWN ? null : size);
        }
        return Map.of(
                "class_name",
                "__keras_tensor__",
                "config",
                Map.of(
                        "shape",
                        sizes,
                        "dtype",
                        "float32",
                        "keras_history",
                        List.of(tensor.layer(), tensor.node(), tensor.index())));
    }

    /** Where a model begins or ends; Keras counts the calls of a Functional model from 1 here. */
    private static List<?> ends(List<TensorRef> tensors, ModelGraph graph) {
        List<List<Object>> ends = tensors.stream()
                .map(tensor -> List.<Object>of(
                        tensor.layer(), tensor.node() + (isFunctional(tensor, graph) ? 1 : 0), tensor.index()))
                .toList();
        return ends.size() == 1 ? Objects.requireNonNull(ends.get(0)) : ends;
    }

    private static boolean isFunctional(TensorRef tensor, ModelGraph graph) {
        return graph.layers().stream()
                .filter(entry -> entry.name().equals(tensor.layer()))
                .flatMap(entry -> entry.nested().stream())
                .anyMatch(nested -> nested.kind() == Kind.FUNCTIONAL);
    }
}
