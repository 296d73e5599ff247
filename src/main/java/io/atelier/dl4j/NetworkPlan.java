package io.atelier.dl4j;

import io.atelier.dl4j.layer.MatrixLayer;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Dropout;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;

/**
 * The Deeplearning4j layers that a model is going to have, in order, each with the Keras layer it stands for.
 *
 * <p>The number of inputs of a layer comes from Keras's shapes. Deeplearning4j's own inference of input types is not
 * used: it knows four ranks only, and it inserts preprocessors that Keras does not have.
 */
final class NetworkPlan {
    /**
     * One Deeplearning4j layer.
     *
     * @param name unique in the network
     * @param inputs the names of planned layers or of InputLayers
     * @param kerasLayer whose work it does, or a part of
     * @param imported what modelimport made of it
     */
    record PlannedLayer(
            String name,
            List<String> inputs,
            KerasLayer kerasLayer,
            org.deeplearning4j.nn.modelimport.keras.KerasLayer imported) {
        /** The layer's configuration, frozen if Keras does not train the layer. */
        Layer configuration() {
            Layer layer = imported.getLayer();
            return kerasLayer.trainable() || kerasLayer.weights().isEmpty() ? layer : new FrozenLayer(layer);
        }
    }

    private final KerasModel model;
    private final List<PlannedLayer> layers = new ArrayList<>();
    /** By Keras layer: the name of the planned layer, or InputLayer, that gives its output. */
    private final Map<String, String> outputs = new LinkedHashMap<>();

    /** Plans a model that is not refused. */
    NetworkPlan(KerasModel model) {
        this.model = model;
        model.calls().forEach(this::plan);
    }

    List<PlannedLayer> layers() {
        return layers;
    }

    /** The name of what gives a Keras layer's output. */
    String output(String kerasLayer) {
        return outputs.getOrDefault(kerasLayer, kerasLayer);
    }

    private void plan(LayerCall call) {
        KerasLayer layer = model.layer(call.layer());
        if (layer.config() instanceof InputLayer) {
            outputs.put(layer.name(), layer.name());
            return;
        }
        Shape input = model.shape(call.inputs().get(0));
        List<String> inputs =
                call.inputs().stream().map(ref -> output(ref.layer())).collect(Collectors.toList());
        String name = layer.name();
        List<Lowered> parts = new ArrayList<>(Lowerings.lower(layer.config(), input));
        if (layer.config() instanceof Dropout && model.inputs().containsAll(call.inputs())) {
            // In inference a DropoutLayer hands its input on, which at the start of a network is in no workspace;
            // another one after it then fails. A copy is in the right place.
            parts.add(0, ActivationLowerings.layer(ActivationFunction.LINEAR));
        }
        for (Lowered lowered : parts) {
            org.deeplearning4j.nn.modelimport.keras.KerasLayer imported = ImportedLayers.read(name, lowered);
            setInputSize(imported.getLayer(), layer, input);
            layers.add(new PlannedLayer(name, inputs, layer, imported));
            outputs.put(layer.name(), name);
            inputs = List.of(name);
            name = unusedName(layer.name() + "/" + (parts.indexOf(lowered) + 2));
        }
    }

    /** Weights say how many inputs a layer has: the last axis but one of a kernel. */
    private static void setInputSize(Layer configuration, KerasLayer layer, Shape input) {
        if (layer.weights().containsKey("kernel")) {
            int size = layer.weight("kernel").shape().size(-2);
            if (configuration instanceof MatrixLayer matrixLayer) {
                matrixLayer.setInputSize(size);
            } else if (configuration instanceof FeedForwardLayer feedForward) {
                feedForward.setNIn(size);
            }
        }
    }

    private String unusedName(String wanted) {
        String name = wanted;
        while (isUsed(name)) {
            name += "_";
        }
        return name;
    }

    private boolean isUsed(String name) {
        return model.layers().stream().anyMatch(layer -> layer.name().equals(name))
                || layers.stream().anyMatch(layer -> layer.name().equals(name));
    }
}
