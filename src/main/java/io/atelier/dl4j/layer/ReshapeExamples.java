package io.atelier.dl4j.layer;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The values of each example in another shape, row-major. */
public final class ReshapeExamples implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final int[] sizes;

    /**
     * @param sizes without the batch; one of them may be -1 and stands for what is left
     */
    @JsonCreator
    public ReshapeExamples(@JsonProperty("sizes") int... sizes) {
        this.sizes = sizes.clone();
    }

    @Override
    public INDArray apply(INDArray x) {
        long known =
                Arrays.stream(sizes).filter(size -> size != -1).asLongStream().reduce(x.size(0), (a, b) -> a * b);
        LongStream resolved = Arrays.stream(sizes).mapToLong(size -> size == -1 ? x.length() / known : size);
        return x.dup('c')
                .reshape(
                        'c',
                        LongStream.concat(LongStream.of(x.size(0)), resolved).toArray());
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        return outputGradient.dup('c').reshape('c', x.shape());
    }
}
