package io.atelier.dl4j.layer;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Vectors that stand for categories, whose numbers lie along the last axis. Their gradient is 0: a step does not change a
 * category.
 */
public final class Encode implements TensorFunction {
    private static final long serialVersionUID = 1;

    /** How the categories of an example are put together. */
    public enum Mode {
        /** Each has a vector of its own. */
        APART,
        /** One vector, 1 where a category is there. */
        ANY,
        /** One vector of how often each is there. */
        COUNT
    }

    private final int categories;
    private final Mode mode;

    @JsonCreator
    public Encode(@JsonProperty("categories") int categories, @JsonProperty("mode") Mode mode) {
        this.categories = categories;
        this.mode = mode;
    }

    @Override
    public INDArray apply(INDArray x) {
        float[] numbers = Floats.of(x);
        int width = Math.toIntExact(x.size(-1));
        boolean isApart = mode == Mode.APART && width > 1;
        int perVector = isApart ? 1 : width;
        float[] vectors = new float[numbers.length / perVector * categories];
        for (int i = 0; i < numbers.length; i++) {
            int category = (int) numbers[i];
            if (category >= 0 && category < categories) {
                int place = i / perVector * categories + category;
                vectors[place] = mode == Mode.COUNT ? vectors[place] + 1 : 1;
            }
        }
        long[] shape =
                isApart ? Arrays.copyOf(x.shape(), x.rank() + 1) : x.shape().clone();
        shape[shape.length - 1] = categories;
        return Nd4j.create(vectors, shape, 'c');
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        return x.like();
    }
}
