package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.WeightedLayer;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The configuration of a layer that computes a {@link TapeFunction}.
 *
 * <p>Of what takes a layer's place among SameDiff's, only the way of keeping parameters is used.
 */
public final class TapeLayer extends WeightedLayer {
    private static final long serialVersionUID = 1;

    @JsonProperty("function")
    private final TapeFunction function;

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
        super(name, weights);
        this.function = function;
        this.inputs = inputs;
    }

    TapeFunction function() {
        return function;
    }

    TapeInputs inputs() {
        return inputs;
    }

    @Override
    protected TapeLayerImpl layer(NeuralNetConfiguration conf, DataType dataType) {
        return new TapeLayerImpl(conf, dataType);
    }

    /** Never asked for: the layer computes its function without a graph. */
    @Override
    public SDVariable defineLayer(SameDiff graph, SDVariable x, Map<String, SDVariable> variables, SDVariable mask) {
        throw new UnsupportedOperationException("a layer that computes on a tape has no graph");
    }
}
