package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.KerasModel;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.Problem;
import io.atelier.keras.TensorRef;
import io.atelier.keras.UnsupportedModelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads which layers a model has and how they are connected; the options of the layers are left for later. */
final class ModelConfigParser {
    /** Names in a {@code .keras} archive that are not those of the class, which its folder of weights and an {@code .h5} have. */
    private static final Map<String, String> CLASS_NAMES = Map.of("GroupQueryAttention", "GroupedQueryAttention");

    private final ModelOrigin origin;
    private final ImportLimits limits;
    private final Problems problems;
    /** Of the layers of Keras 1 that do not say theirs. */
    private String keras1DimOrdering = "";

    ModelConfigParser(ModelOrigin origin, ImportLimits limits, Problems problems) {
        this.origin = origin;
        this.limits = limits;
        this.problems = problems;
    }

    /**
     * Reads a whole model.
     *
     * @param model {@code {"class_name": "Sequential", "config": {…}}}
     */
    ModelGraph parse(Map<String, @Nullable Object> model) {
        keras1DimOrdering = Keras1Dialect.dimOrdering(model);
        return model(model, false)
                .orElseThrow(() -> new UnsupportedModelException(
                        origin.source(),
                        Problem.ofFile("expected a Sequential or Functional model; received a model of the class '"
                                + model.get("class_name")
                                + "', which only its Python code describes. Rebuild it with the Functional API and save"
                                + " it again")));
    }

    /**
     * The model that a config describes; empty if it does not describe one.
     *
     * @param isNested whether it gets its input from a model around it
     */
    private Optional<ModelGraph> model(Map<String, @Nullable Object> model, boolean isNested) {
        String className = String.valueOf(model.get("class_name"));
        Object config = model.get("config");
        if (config == null || LayerEntry.isCustom(model)) {
            return Optional.empty();
        }
        if (className.equals("Sequential")) {
            // Until Keras 2.2.3 the config of a Sequential was the bare list of its layers.
            Map<String, @Nullable Object> options =
                    config instanceof List<?> ? Map.of("layers", config) : object(config, "config");
            return Optional.of(sequential(options, model.get("build_config"), isNested));
        }
        if (className.equals("Functional") || className.equals("Model")) {
            Map<String, @Nullable Object> options = object(config, "config");
            return options.containsKey("layers") ? Optional.of(functional(options)) : Optional.empty();
        }
        return Optional.empty();
    }

    private ModelGraph sequential(
            Map<String, @Nullable Object> config, @Nullable Object buildConfig, boolean isNested) {
        String name = String.valueOf(config.getOrDefault("name", "sequential"));
        List<LayerEntry> entries = new ArrayList<>();
        for (Object item : list(config.get("layers"), "layers")) {
            entries.add(entry(object(item, "layers")));
        }
        if (entries.isEmpty()) {
            throw invalid("the model has no layers");
        }
        List<?> branches = branches(config);
        return branches.isEmpty()
                ? chain(name, entries, inputShape(entries.get(0), config, buildConfig), isNested)
                : MergedSequential.of(name, branches.stream().map(this::branch).toList(), entries);
    }

    /** What a Sequential of Keras 1 begins with if several models meet in its first layer, a Merge. */
    private static List<?> branches(Map<String, @Nullable Object> sequential) {
        return sequential.get("layers") instanceof List<?> layers
                        && layers.get(0) instanceof Map<?, ?> first
                        && "Merge".equals(first.get("class_name"))
                        && first.get("config") instanceof Map<?, ?> merge
                        && merge.get("layers") instanceof List<?> branches
                ? branches
                : List.of();
    }

    private ModelGraph branch(Object item) {
        Map<String, @Nullable Object> branch = object(item, "layers");
        return model(branch, false).orElseGet(() -> {
            LayerEntry layer = entry(branch);
            return chain(layer.name(), List.of(layer), shapeOf(layer), false);
        });
    }

    private ModelGraph chain(String name, List<LayerEntry> layers, Optional<Object> shape, boolean isNested) {
        List<LayerEntry> entries = new ArrayList<>(layers);
        if (!entries.get(0).className().equals("InputLayer")) {
            LayerEntry first = entries.get(0);
            if (shape.isEmpty() && !isNested) {
                throw new UnsupportedModelException(
                        origin.source(),
                        Problem.ofLayer(
                                first.name(),
                                first.className(),
                                "the model was saved without the shape of its input, and this is its first layer; put"
                                        + " keras.Input(shape=…) in front of it and save the model again"));
            }
            Map<String, @Nullable Object> options = new LinkedHashMap<>();
            shape.ifPresent(sizes -> options.put("batch_shape", sizes));
            entries.add(0, new LayerEntry(first.name() + "_input", "InputLayer", "InputLayer", options, List.of()));
        }
        List<LayerEntry> chain = new ArrayList<>();
        List<List<TensorRef>> calls = List.of(List.of());
        for (LayerEntry entry : entries) {
            chain.add(entry.withCalls(calls));
            calls = List.of(List.of(TensorRef.of(entry.name())));
        }
        return new ModelGraph(
                name,
                KerasModel.Kind.SEQUENTIAL,
                chain,
                List.of(TensorRef.of(chain.get(0).name())),
                List.of(TensorRef.of(chain.get(chain.size() - 1).name())));
    }

    /** A Sequential need not list its InputLayer: the shape is then an option of the first layer or of the model. */
    private static Optional<Object> inputShape(
            LayerEntry first, Map<String, @Nullable Object> config, @Nullable Object buildConfig) {
        return shapeOf(first)
                .or(() -> Optional.ofNullable(config.get("build_input_shape")))
                .or(() -> buildConfig instanceof Map<?, ?> built
                        ? Optional.ofNullable(built.get("input_shape"))
                        : Optional.empty());
    }

    /** The shape that a layer takes by its own options; for a model, by those of the layer that its input enters. */
    private static Optional<Object> shapeOf(LayerEntry layer) {
        return Optional.<Object>ofNullable(layer.config().get("batch_shape"))
                .or(() -> Optional.ofNullable(layer.config().get("batch_input_shape")))
                .or(() -> layer.nested().flatMap(ModelConfigParser::shapeOfInput));
    }

    private static Optional<Object> shapeOfInput(ModelGraph model) {
        return model.layers().stream()
                .filter(entry -> model.inputs().size() == 1
                        && entry.name().equals(model.inputs().get(0).layer()))
                .findFirst()
                .flatMap(ModelConfigParser::shapeOf);
    }

    private ModelGraph functional(Map<String, @Nullable Object> config) {
        List<LayerEntry> entries = new ArrayList<>();
        for (Object item : list(config.get("layers"), "layers")) {
            Map<String, @Nullable Object> layer = object(item, "layers");
            LayerEntry entry = entry(layer);
            entries.add(connected(entry, layer.get("inbound_nodes")));
        }
        NestedNodes nodes = new NestedNodes(ModelFile.majorVersion(origin), entries);
        return new ModelGraph(
                String.valueOf(config.getOrDefault("name", "functional")),
                KerasModel.Kind.FUNCTIONAL,
                nodes.layers(entries),
                ends(config, "input_layers"),
                nodes.outputs(ends(config, "output_layers")));
    }

    private LayerEntry connected(LayerEntry entry, @Nullable Object inboundNodes) {
        try {
            boolean isOperation = entry.isOperation();
            LayerEntry called = entry.withCalls(InboundNodes.parse(inboundNodes, isOperation))
                    .withOptions(InboundNodes.flags(inboundNodes));
            return isOperation ? called.withOptions(InboundNodes.number(inboundNodes)) : called;
        } catch (UnsupportedOptionException e) {
            problems.unsupported(Problem.ofLayer(entry.name(), entry.fileClassName(), String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            problems.invalid(Problem.ofLayer(entry.name(), entry.fileClassName(), String.valueOf(e.getMessage())));
        }
        return entry;
    }

    private List<TensorRef> ends(Map<String, @Nullable Object> config, String option) {
        try {
            return InboundNodes.ends(option, config.get(option));
        } catch (UnsupportedOptionException e) {
            problems.unsupported(Problem.ofFile(String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            problems.invalid(Problem.ofFile(String.valueOf(e.getMessage())));
        }
        return List.of();
    }

    private LayerEntry entry(Map<String, @Nullable Object> layer) {
        String fileClassName = String.valueOf(layer.get("class_name"));
        Optional<ModelGraph> nested = model(layer, true);
        if (nested.isPresent()) {
            String name = String.valueOf(
                    Optional.ofNullable(layer.get("name")).orElse(nested.get().name()));
            return new LayerEntry(name, fileClassName, fileClassName, Map.of(), List.of())
                    .withNested(nested.get().withTrainable(isTrainable(layer)));
        }
        Map<String, @Nullable Object> options =
                object(layer.getOrDefault("config", Map.of()), "config of a " + fileClassName);
        if (LayerEntry.OURS.stream().anyMatch(options::containsKey)) {
            throw invalid("a layer of the class '" + fileClassName + "' has an option that no layer of Keras has");
        }
        Optional<LayerEntry> ofEachStep = modelOfEachStep(layer, fileClassName, options);
        if (ofEachStep.isPresent()) {
            return ofEachStep.get();
        }
        String className = CLASS_NAMES.getOrDefault(fileClassName, fileClassName);
        if (LayerEntry.isCustom(layer)) {
            className = LayerEntry.CUSTOM + fileClassName;
        } else if (LayerEntry.isOperation(layer)) {
            className = LayerEntry.OPERATION + fileClassName;
            options = OperationParsers.options(options);
        } else if (OperationParsers.isOfTensorFlow(fileClassName, options)) {
            className = LayerEntry.OPERATION + OperationParsers.className(options);
            options = OperationParsers.options(options);
        } else if (ModelFile.majorVersion(origin) == 1) {
            className = Keras1Dialect.className(fileClassName, options);
            options = Keras1Dialect.options(fileClassName, options, keras1DimOrdering);
        }
        if (ModelFile.majorVersion(origin) < 3) {
            options = Keras2Dialect.options(className, options);
        }
        Object name = options.get("name") != null ? options.get("name") : layer.get("name");
        if (name == null) {
            throw invalid("a layer of the class '" + fileClassName + "' has no name");
        }
        return new LayerEntry(name.toString(), fileClassName, className, options, List.of());
    }

    /** A TimeDistributed around a model: the model, with its layers applied to each step. */
    private Optional<LayerEntry> modelOfEachStep(
            Map<String, @Nullable Object> layer, String className, Map<String, @Nullable Object> options) {
        if (!className.equals("TimeDistributed")
                || LayerEntry.isCustom(layer)
                || !(options.get("layer") instanceof Map<?, ?> within)) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> model = object(within, "layer");
        String name = String.valueOf(Optional.ofNullable(options.get("name")).orElse(layer.get("name")));
        boolean isTrainable = isTrainable(layer) && isTrainable(model);
        return model(model, true)
                .map(graph -> new LayerEntry(name, className, className, Map.of(), List.of())
                        .withNested(graph.withTrainable(isTrainable))
                        .ofEachStep());
    }

    /** A model that is not trainable freezes all that is in it. */
    private static boolean isTrainable(Map<String, @Nullable Object> model) {
        return !(model.get("config") instanceof Map<?, ?> config && Boolean.FALSE.equals(config.get("trainable")));
    }

    private List<?> list(@Nullable Object value, String what) {
        if (!(value instanceof List<?> list)) {
            throw invalid(what + ": expected a list; received " + value);
        }
        if (list.size() > limits.maxLayers()) {
            throw invalid(
                    "the model has " + list.size() + " layers, more than ImportLimits.maxLayers=" + limits.maxLayers());
        }
        return list;
    }

    private Map<String, @Nullable Object> object(@Nullable Object value, String what) {
        if (!(value instanceof Map<?, ?> map)) {
            throw invalid(what + ": expected an object; received " + ConfigReader.brief(String.valueOf(value)));
        }
        Map<String, @Nullable Object> object = new HashMap<>();
        map.forEach((key, item) -> object.put(String.valueOf(key), item));
        return object;
    }

    private InvalidModelException invalid(String message) {
        return new InvalidModelException(origin.source(), "model config: " + message + ". Save the model again");
    }
}
