package io.atelier.dl4j.sequence;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Which tensors a {@link TapeFunction} takes, of those that its layer is given.
 *
 * @param ranks of the tensors that are packed in the layer's input; a single one is not packed
 * @param sources for each tensor that the function takes, which of those it is: attention often takes one twice
 */
public record TapeInputs(
        @JsonProperty("ranks") List<Integer> ranks,
        @JsonProperty("sources") List<Integer> sources) implements Serializable {
    private static final long serialVersionUID = 1;

    @JsonCreator
    public TapeInputs {
        ranks = List.copyOf(ranks);
        sources = List.copyOf(sources);
    }

    /** The tensors in a layer's input. */
    List<INDArray> given(INDArray input) {
        return ranks.size() == 1 ? List.of(input) : Packing.unpack(input, Packing.shapes(input, ranks));
    }

    /** The gradient of a layer's input. */
    INDArray gradient(List<INDArray> gradients) {
        return ranks.size() == 1 ? gradients.get(0) : Packing.packGradients(gradients);
    }
}
