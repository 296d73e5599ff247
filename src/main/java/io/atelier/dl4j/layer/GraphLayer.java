package io.atelier.dl4j.layer;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The configuration of a layer that applies a {@link GraphFunction}: any layer of Keras, with its weights in Keras's
 * shapes and its tensors in Keras's layout.
 */
public final class GraphLayer extends SameDiffLayer {
    private static final long serialVersionUID = 1;

    @JsonProperty("function")
    private final GraphFunction function;

    @JsonProperty("weights")
    private final LinkedHashMap<String, long[]> weights;

    @JsonProperty("constants")
    private final TreeSet<String> constants;

    /**
     * @param weights the shape of each weight by its name, in Keras's order
     * @param constants the weights that training must leave as they are
     */
    @JsonCreator
    public GraphLayer(
            @JsonProperty("layerName") String name,
            @JsonProperty("function") GraphFunction function,
            @JsonProperty("weights") Map<String, long[]> weights,
            @JsonProperty("constants") Set<String> constants) {
        setLayerName(name);
        this.function = function;
        this.weights = new LinkedHashMap<>(weights);
        this.constants = new TreeSet<>(constants);
    }

    Set<String> constants() {
        return constants;
    }

    @Override
    public SDVariable defineLayer(SameDiff graph, SDVariable x, Map<String, SDVariable> variables, SDVariable mask) {
        Map<String, SDVariable> byWeight = new HashMap<>();
        weights.keySet().forEach(name -> byWeight.put(name, variables.get(ParameterNames.of(name))));
        return function.define(graph, x, byWeight);
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
        GraphLayerImpl layer = new GraphLayerImpl(conf, networkDataType);
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

    /** One value: masks are not handed to the function, and Deeplearning4j's own knows five ranks only. */
    @Override
    public INDArray onesMaskForInput(INDArray input) {
        long[] shape = new long[input.rank()];
        Arrays.fill(shape, 1);
        return Nd4j.ones(input.dataType(), shape);
    }
}
