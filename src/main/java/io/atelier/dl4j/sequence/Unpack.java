package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.TensorFunction;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * One of the tensors that a {@link TapeLayer} gives.
 *
 * @param ranks of all of them
 * @param index which one
 */
public record Unpack(
        @JsonProperty("ranks") List<Integer> ranks,
        @JsonProperty("index") int index) implements TensorFunction {
    private static final long serialVersionUID = 1;

    @JsonCreator
    public Unpack {
        ranks = List.copyOf(ranks);
    }

    @Override
    public INDArray apply(INDArray x) {
        return Packing.unpack(x, Packing.shapes(x, ranks)).get(index);
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        List<INDArray> gradients = new ArrayList<>(Packing.unpack(x.like(), Packing.shapes(x, ranks)));
        gradients.set(index, outputGradient);
        return Packing.packGradients(gradients);
    }
}
