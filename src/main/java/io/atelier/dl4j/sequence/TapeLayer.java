package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.ParameterNames;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The configuration of a layer that computes a {@link TapeFunction}, with its weights in Keras's shapes and its tensors in
 * Keras's layout.
 *
 * <p>Of what takes a layer's place among SameDiff's, only the way of keeping parameters is used.
 */
public final class TapeLayer extends AbstractSameDiffLayer {
    private static final long serialVersionUID = 1;

    @JsonProperty("function")
    private final TapeFunction function;

    @JsonProperty("weights")
    private final LinkedHashMap<String, long[]> weights;

    @JsonProperty("inputs")
    private final TapeInputs inputs;

    /**
     * @param weights the shape of each weight by its name, in Keras's order
     * @param inputs how the function's inputs come out of the one that the layer has
     */
    @JsonCreator
    public TapeLayer(
            @JsonProperty("layerName") String name,
            @JsonProperty("function") TapeFunction function,
            @JsonProperty("weights") Map<String, long[]> weights,
            @JsonProperty("inputs") TapeInputs inputs) {
        setLayerName(name);
        this.function = function;
        this.weights = new LinkedHashMap<>(weights);
        this.inputs = inputs;
    }

    TapeFunction function() {
        return function;
    }

    Set<String> weights() {
        return weights.keySet();
    }

    TapeInputs inputs() {
        return inputs;
    }

    @Override
    public void defineParameters(SDLayerParams params) {
        weights.forEach((name, shape) -> params.addWeightParam(ParameterNames.of(name), shape));
    }

    /** Leaves them as they are: every weight is set afterwards. */
    @Override
    public void initializeParameters(Map<String, INDArray> params) {}

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int layerIndex,
            INDArray paramsView,
            boolean initializeParams,
            DataType networkDataType) {
        TapeLayerImpl layer = new TapeLayerImpl(conf, networkDataType);
        layer.setListeners(listeners);
        layer.setIndex(layerIndex);
        layer.setParamsViewArray(paramsView);
        layer.setParamTable(initializer().init(conf, paramsView, initializeParams));
        layer.setConf(conf);
        return layer;
    }

    /** The type of the input: Atelier builds networks from Keras's shapes and never asks for Deeplearning4j's. */
    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return inputType;
    }
}
