package io.atelier.dl4j;

import io.atelier.dl4j.layer.MatrixLayer;
import io.atelier.dl4j.layer.OneDnn;
import io.atelier.dl4j.layer.StepsLayer;
import io.atelier.dl4j.sequence.Pack;
import io.atelier.dl4j.sequence.TapeInputs;
import io.atelier.dl4j.sequence.Unpack;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The Deeplearning4j layers that a model is going to have, in order, each with the Keras layer it stands for. A layer that
 * Keras calls several times stands there once for each call.
 *
 * <p>The number of inputs of a layer comes from Keras's shapes. Deeplearning4j's own inference of input types is not
 * used: it knows four ranks only, and it inserts preprocessors that Keras does not have.
 */
final class NetworkPlan {
    /**
     * One Deeplearning4j layer or vertex.
     *
     * @param name unique in the network
     * @param inputs the names of planned layers or of InputLayers
     * @param call whose work it does, or a part of
     * @param kerasLayer the layer that is called
     * @param imported what modelimport made of it
     * @param timeAxes how many axes after the batch count steps, each of which it takes as an example of its own
     */
    record PlannedLayer(
            String name,
            List<String> inputs,
            LayerCall call,
            KerasLayer kerasLayer,
            org.deeplearning4j.nn.modelimport.keras.KerasLayer imported,
            int timeAxes) {
        /** Whether it takes several inputs. */
        boolean isVertex() {
            return imported.isVertex();
        }

        /** The layer's configuration, frozen if Keras does not train the layer. */
        Layer configuration() {
            Layer layer = OneDnn.faster(imported.getLayer());
            for (int i = 0; i < timeAxes; i++) {
                layer = new StepsLayer(layer);
            }
            return kerasLayer.trainable() || kerasLayer.weights().isEmpty() ? layer : new FrozenLayer(layer);
        }
    }

    private final KerasModel model;
    private final MaskSources masks;
    /** The layer that gives the mask which a call makes. */
    private final Map<LayerCall, String> masksMade = new HashMap<>();

    private final List<PlannedLayer> layers = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    /** The name of the planned layer, or InputLayer, that gives a tensor. */
    private final Map<TensorRef, String> sources = new LinkedHashMap<>();

    /** The tensors that nobody takes, as parts of what their sources give. */
    private final Map<TensorRef, Unpack> leftOver = new HashMap<>();

    private final List<String> outputs = new ArrayList<>();

    /** Plans a model that is not refused. */
    NetworkPlan(KerasModel model) {
        this.model = model;
        this.masks = new MaskSources(model);
        model.layers().forEach(layer -> names.add(layer.name()));
        model.calls().forEach(this::plan);
        model.outputs().forEach(output -> outputs.add(output(output)));
    }

    List<PlannedLayer> layers() {
        return layers;
    }

    /** Whether the model is a Sequential in which each layer takes what the one before it gives, and nothing else. */
    boolean isChain() {
        if (model.kind() != KerasModel.Kind.SEQUENTIAL || model.inputs().size() != 1) {
            return false;
        }
        String before = model.inputs().get(0).layer();
        for (PlannedLayer layer : layers) {
            if (layer.isVertex() || !layer.inputs().equals(List.of(before))) {
                return false;
            }
            before = layer.name();
        }
        return outputs.equals(List.of(before));
    }

    /** The name of what gives a tensor: a planned layer or an InputLayer. */
    String source(TensorRef tensor) {
        return Objects.requireNonNull(sources.get(tensor), tensor::toString);
    }

    /** A tensor's value, from what its {@link #source} gives. */
    INDArray value(TensorRef tensor, INDArray activation) {
        Unpack part = leftOver.get(tensor);
        return part == null ? activation : part.apply(activation);
    }

    /** The names of the planned layers that give the model's outputs, in order. */
    List<String> outputs() {
        return outputs;
    }

    /**
     * The layer that gives an output, or a copy of it where Deeplearning4j cannot: a graph cannot give its input, and it loses
     * its workspaces where it gives several outputs of which two are taken by other layers as well.
     */
    private String output(TensorRef tensor) {
        KerasLayer layer = model.layer(tensor.layer());
        String source = source(tensor);
        boolean isTakenByOthers =
                layers.stream().anyMatch(other -> other.inputs().contains(source));
        if (!(layer.config() instanceof InputLayer)
                && !(isTakenByOthers && model.outputs().size() > 1)) {
            return source;
        }
        String name = unusedName(source + "/output");
        LayerCall call = new LayerCall(layer.name(), tensor.node(), List.of());
        layers.add(new PlannedLayer(
                name,
                List.of(source),
                call,
                layer,
                ImportedLayers.read(name, ActivationLowerings.layer(ActivationFunction.LINEAR)),
                0));
        return name;
    }

    private void plan(LayerCall call) {
        KerasLayer layer = model.layer(call.layer());
        if (layer.config() instanceof InputLayer) {
            sources.put(call.output(0), layer.name());
            return;
        }
        List<Shape> shapes = call.inputs().stream().map(model::shape).collect(Collectors.toList());
        List<String> inputs = call.inputs().stream().map(this::source).collect(Collectors.toList());
        Optional<LayerCall> maker = masks.maker(layer.config(), call);
        if (maker.isPresent()) {
            shapes.add(shapes.get(0).slice(0, 2));
            inputs.add(mask(maker.get()));
        }
        List<Lowered> parts = LoweredCalls.parts(model, call, shapes, masks);
        if (inputs.size() > 1 && parts.get(0).isTape()) {
            parts.set(0, parts.get(0).taking(distinct(inputs, shapes)));
            inputs = inputs.stream().distinct().toList();
            inputs = inputs.size() == 1 ? inputs : List.of(pack(call, layer, inputs));
        }
        String base = call.node() == 0 ? layer.name() : unusedName(layer.name() + "@" + call.node());
        String name = base;
        for (Lowered lowered : parts) {
            org.deeplearning4j.nn.modelimport.keras.KerasLayer imported = ImportedLayers.read(name, lowered);
            setInputSize(imported.getLayer(), layer);
            removeIdleDropout(imported.getLayer());
            layers.add(new PlannedLayer(name, inputs, call, layer, imported, lowered.timeAxes()));
            sources.put(call.output(0), name);
            inputs = List.of(name);
            name = unusedName(base + "/" + (parts.indexOf(lowered) + 2));
        }
        List<Shape> outputShapes = layer.config()
                .outputShapes(call.inputs().stream().map(model::shape).toList());
        if (outputShapes.size() > 1) {
            unpack(call, layer, inputs, outputShapes.stream().map(Shape::rank).toList());
        }
    }

    /** What a function takes of the tensors that its layer is given, each of them once. */
    private static TapeInputs distinct(List<String> inputs, List<Shape> shapes) {
        List<String> distinct = inputs.stream().distinct().toList();
        return new TapeInputs(
                distinct.stream()
                        .map(input -> shapes.get(inputs.indexOf(input)).rank())
                        .toList(),
                inputs.stream().map(distinct::indexOf).toList());
    }

    /** The name of the layer that gives the mask which a call makes in Keras. */
    private String mask(LayerCall maker) {
        return masksMade.computeIfAbsent(maker, call -> {
            KerasLayer layer = model.layer(call.layer());
            String name = unusedName(source(call.output(0)) + "/mask");
            layers.add(new PlannedLayer(
                    name,
                    List.of(source(call.inputs().get(0))),
                    call,
                    layer,
                    ImportedLayers.read(name, MaskSources.layer(layer.config())),
                    0));
            return name;
        });
    }

    /** The name of a vertex that makes one tensor of several. */
    private String pack(LayerCall call, KerasLayer layer, List<String> inputs) {
        String name = unusedName(layer.name() + "/inputs");
        layers.add(new PlannedLayer(name, inputs, call, layer, ImportedLayers.read(name, Lowered.of(new Pack())), 0));
        return name;
    }

    /** A layer for each of the tensors that a call gives, and that somebody takes: Deeplearning4j trains no others. */
    private void unpack(LayerCall call, KerasLayer layer, List<String> packed, List<Integer> ranks) {
        for (int i = 0; i < ranks.size(); i++) {
            TensorRef tensor = call.output(i);
            Unpack part = new Unpack(ranks, i);
            if (isTaken(tensor)) {
                String name = unusedName(packed.get(0) + "/output_" + i);
                layers.add(new PlannedLayer(name, packed, call, layer, ImportedLayers.read(name, Lowered.of(part)), 0));
                sources.put(tensor, name);
            } else {
                sources.put(tensor, packed.get(0));
                leftOver.put(tensor, part);
            }
        }
    }

    private boolean isTaken(TensorRef tensor) {
        return model.outputs().contains(tensor)
                || model.calls().stream().anyMatch(call -> call.inputs().contains(tensor));
    }

    /** Weights say how many inputs a layer has: the last axis but one of a kernel. */
    private static void setInputSize(@Nullable Layer configuration, KerasLayer layer) {
        if (layer.weights().containsKey("kernel")) {
            int size = layer.weight("kernel").shape().size(-2);
            if (configuration instanceof MatrixLayer matrixLayer) {
                matrixLayer.setInputSize(size);
            } else if (configuration instanceof FeedForwardLayer feedForward) {
                feedForward.setNIn(size);
            }
        }
    }

    /**
     * modelimport gives layers a dropout that keeps every value: it costs time in training, and fails in a
     * channels_last convolution, whose input it takes for channels_first.
     */
    private static void removeIdleDropout(@Nullable Layer configuration) {
        if (configuration != null
                && !(configuration instanceof DropoutLayer)
                && configuration.getIDropout() instanceof Dropout dropout
                && dropout.getP() == 1) {
            configuration.setIDropout(null);
        }
    }

    private String unusedName(String wanted) {
        String name = wanted;
        while (!names.add(name)) {
            name += "_";
        }
        return name;
    }
}
