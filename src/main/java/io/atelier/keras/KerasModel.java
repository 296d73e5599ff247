package io.atelier.keras;

import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.WeightSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Keras model: its layers with their weights, and the graph of calls between them.
 *
 * <p>Everything passes through this value: readers make it, engines and writers consume it. It is immutable and
 * thread-safe, and it is consistent: names are unique, every call's inputs exist before it, every layer accepts the
 * shapes it gets, and every layer has exactly the weights that its config asks for.
 */
public final class KerasModel {
    /** How the model was put together in Python. */
    public enum Kind {
        /** One layer after the other. */
        SEQUENTIAL,
        /** A graph. */
        FUNCTIONAL
    }

    private final String name;
    private final Kind kind;
    private final Map<String, KerasLayer> layers;
    private final List<LayerCall> calls;
    private final List<TensorRef> inputs;
    private final List<TensorRef> outputs;
    private final Optional<TrainingConfig> trainingConfig;
    private final ModelOrigin origin;
    private final List<NestedModel> nestedModels;
    private final Map<String, @Nullable Object> architecture;
    private final Map<TensorRef, Shape> shapes;
    private final Map<String, List<LayerCall>> callsByLayer;

    /**
     * Puts a model together and checks it.
     *
     * @param name of the model
     * @param kind sequential or functional
     * @param layers in the order of {@code model.layers}, InputLayers included, with a Sequential's as well
     * @param calls every call after those whose outputs it takes
     * @param inputs in the order in which the model takes them
     * @param outputs in the order in which the model gives them
     * @param trainingConfig empty for a model that was not compiled
     * @param origin named in exceptions
     * @throws InvalidModelException if the parts do not fit together; it names every problem
     */
    public KerasModel(
            String name,
            Kind kind,
            List<KerasLayer> layers,
            List<LayerCall> calls,
            List<TensorRef> inputs,
            List<TensorRef> outputs,
            Optional<TrainingConfig> trainingConfig,
            ModelOrigin origin) {
        this(name, kind, layers, calls, inputs, outputs, trainingConfig, origin, List.of(), Map.of());
    }

    /**
     * Puts a model together whose layers partly come from models nested in it, and checks it.
     *
     * @param nestedModels those whose layers stand in their place, in the order of {@code model.layers}
     * @param architecture the config of the model as its file has it, for writing it back; it must never change; empty
     *     for a model that a program made
     * @throws InvalidModelException if the parts do not fit together; it names every problem
     */
    public KerasModel(
            String name,
            Kind kind,
            List<KerasLayer> layers,
            List<LayerCall> calls,
            List<TensorRef> inputs,
            List<TensorRef> outputs,
            Optional<TrainingConfig> trainingConfig,
            ModelOrigin origin,
            List<NestedModel> nestedModels,
            Map<String, @Nullable Object> architecture) {
        this.architecture = Collections.unmodifiableMap(architecture);
        this.nestedModels = List.copyOf(nestedModels);
        this.name = name;
        this.kind = kind;
        this.calls = List.copyOf(calls);
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.trainingConfig = trainingConfig;
        this.origin = origin;
        this.callsByLayer = calls.stream()
                .sorted(Comparator.comparingInt(LayerCall::node))
                .collect(Collectors.groupingBy(LayerCall::layer, Collectors.toUnmodifiableList()));
        this.layers = new LinkedHashMap<>();
        GraphCheck check = new GraphCheck();
        layers.forEach(layer -> {
            if (this.layers.putIfAbsent(layer.name(), layer) != null) {
                check.problem(layer, "the model has another layer of this name; names must be unique");
            }
        });
        this.shapes = check.shapes(this.layers, this.calls, this.inputs, this.outputs);
        if (!check.problems().isEmpty()) {
            throw new InvalidModelException(origin.source(), check.problems());
        }
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /**
     * The layers in the order of {@code model.layers}, with a Sequential model's InputLayer in front; in the place of a
     * nested model its layers, but for the InputLayers.
     */
    public List<KerasLayer> layers() {
        return List.copyOf(layers.values());
    }

    /**
     * The layer of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public KerasLayer layer(String layerName) {
        KerasLayer layer = layers.get(layerName);
        if (layer == null) {
            throw new IllegalArgumentException("the model has no layer '" + layerName + "', only " + layers.keySet());
        }
        return layer;
    }

    /** Every call of every layer, each after those whose outputs it takes. */
    public List<LayerCall> calls() {
        return calls;
    }

    /** The calls of one layer, in the order of their node index. */
    public List<LayerCall> calls(String layerName) {
        return callsByLayer.getOrDefault(layerName, List.of());
    }

    /** Every tensor of the graph, in the order in which they are computed. */
    public List<TensorRef> tensors() {
        return List.copyOf(shapes.keySet());
    }

    /** What the model takes, in order. */
    public List<TensorRef> inputs() {
        return inputs;
    }

    /** What the model gives, in order. */
    public List<TensorRef> outputs() {
        return outputs;
    }

    /** The models that are nested directly in this one, in the order of {@code model.layers}. */
    public List<NestedModel> nestedModels() {
        return nestedModels;
    }

    /** How the model was compiled; empty if it was not. */
    public Optional<TrainingConfig> trainingConfig() {
        return trainingConfig;
    }

    /**
     * The config of the model as its file has it, in the terms of the Keras that wrote it; empty for a model that a program
     * made. Layers that were replaced since are in it as they were.
     */
    public Map<String, @Nullable Object> architecture() {
        return architecture;
    }

    public ModelOrigin origin() {
        return origin;
    }

    /**
     * The shape of a tensor of the graph, with its batch axis.
     *
     * @throws IllegalArgumentException if the graph has no such tensor
     */
    public Shape shape(TensorRef tensor) {
        Shape shape = shapes.get(tensor);
        if (shape == null) {
            throw new IllegalArgumentException("the model has no tensor " + tensor);
        }
        return shape;
    }

    /** The shapes of the model's inputs, with their batch axis. */
    public List<Shape> inputShapes() {
        return inputs.stream().map(this::shape).toList();
    }

    /** The shapes of the model's outputs, with their batch axis. */
    public List<Shape> outputShapes() {
        return outputs.stream().map(this::shape).toList();
    }

    /** The number of values in all weights, trainable or not; the optimizer's are not counted. */
    public long parameterCount() {
        return layers.values().stream().mapToLong(KerasLayer::parameterCount).sum();
    }

    /** The weights that training may change, in the order of Keras's {@code model.trainable_variables}. */
    public List<WeightRef> trainableWeights() {
        List<WeightRef> weights = new ArrayList<>();
        for (KerasLayer layer : layers.values()) {
            if (layer.trainable() && !calls(layer.name()).isEmpty()) {
                List<Shape> taken = calls(layer.name()).get(0).inputs().stream()
                        .map(this::shape)
                        .toList();
                layer.config().weights(taken).stream()
                        .filter(WeightSpec::trainable)
                        .forEach(weight -> weights.add(new WeightRef(layer.name(), weight.name())));
            }
        }
        return weights;
    }

    /** This model, compiled otherwise. */
    public KerasModel withTrainingConfig(TrainingConfig newConfig) {
        return new KerasModel(
                name,
                kind,
                layers(),
                calls,
                inputs,
                outputs,
                Optional.of(newConfig),
                origin,
                nestedModels,
                architecture);
    }

    /** This model with some of its layers replaced by layers of the same name. */
    public KerasModel withLayers(Map<String, KerasLayer> replacements) {
        List<KerasLayer> newLayers = layers.values().stream()
                .map(layer -> replacements.getOrDefault(layer.name(), layer))
                .toList();
        return new KerasModel(
                name, kind, newLayers, calls, inputs, outputs, trainingConfig, origin, nestedModels, architecture);
    }

    @Override
    public String toString() {
        return "KerasModel '" + name + "' (" + layers.size() + " layers, " + parameterCount() + " parameters, from "
                + origin.source() + ")";
    }
}
