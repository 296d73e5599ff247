package io.atelier.dl4j.layer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The configuration of a layer that applies a {@link GraphFunction}: any layer of Keras. */
public final class GraphLayer extends WeightedLayer {
    private static final long serialVersionUID = 1;

    @JsonProperty("function")
    private final GraphFunction function;

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
        super(name, weights);
        this.function = function;
        this.constants = new TreeSet<>(constants);
    }

    Set<String> constants() {
        return constants;
    }

    @Override
    public SDVariable defineLayer(SameDiff graph, SDVariable x, Map<String, SDVariable> variables, SDVariable mask) {
        Map<String, SDVariable> byWeight = new HashMap<>();
        weights().forEach(name -> byWeight.put(name, variables.get(ParameterNames.of(name))));
        return function.define(graph, x, byWeight);
    }

    @Override
    protected GraphLayerImpl layer(NeuralNetConfiguration conf, DataType dataType) {
        return new GraphLayerImpl(conf, dataType);
    }

    /** One value: masks are not handed to the function, and Deeplearning4j's own knows five ranks only. */
    @Override
    public INDArray onesMaskForInput(INDArray input) {
        long[] shape = new long[input.rank()];
        Arrays.fill(shape, 1);
        return Nd4j.ones(input.dataType(), shape);
    }
}
