package io.atelier.dl4j.layer;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The configuration of a layer with its weights in Keras's shapes and its tensors in Keras's layout. */
public abstract class WeightedLayer extends SameDiffLayer {
    private static final long serialVersionUID = 1;

    @JsonProperty("weights")
    private final LinkedHashMap<String, long[]> weights;

    /**
     * @param weights the shape of each weight by its name, in Keras's order
     */
    protected WeightedLayer(String name, Map<String, long[]> weights) {
        setLayerName(name);
        this.weights = new LinkedHashMap<>(weights);
    }

    /** The names of the weights, in Keras's order. */
    public final Set<String> weights() {
        return weights.keySet();
    }

    /** The layer of a network. */
    protected abstract AbstractLayer<?> layer(NeuralNetConfiguration conf, DataType dataType);

    @Override
    public final Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int layerIndex,
            INDArray paramsView,
            boolean initializeParams,
            DataType networkDataType) {
        return LayerSetup.complete(layer(conf, networkDataType), listeners, layerIndex, paramsView, initializeParams);
    }

    @Override
    public final void defineParameters(SDLayerParams params) {
        weights.forEach((name, shape) -> params.addWeightParam(ParameterNames.of(name), shape));
    }

    /** Leaves them as they are: every weight is set afterwards. */
    @Override
    public final void initializeParameters(Map<String, INDArray> params) {}

    /** The type of the input: Atelier builds networks from Keras's shapes and never asks for Deeplearning4j's. */
    @Override
    public final InputType getOutputType(int layerIndex, InputType inputType) {
        return inputType;
    }
}
