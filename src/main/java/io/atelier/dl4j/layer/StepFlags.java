package io.atelier.dl4j.layer;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The mask that Keras makes of a tensor: 1 for what differs from a value, 0 for the rest. Its gradient is 0.
 *
 * <p>Of an Embedding's numbers there is a flag for each; of Masking's steps there is one for each step, 1 if any value differs.
 */
public final class StepFlags implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final float value;
    private final boolean ofSteps;

    /**
     * @param ofSteps whether there is one flag for all indices of the last axis
     */
    @JsonCreator
    public StepFlags(@JsonProperty("value") float value, @JsonProperty("ofSteps") boolean ofSteps) {
        this.value = value;
        this.ofSteps = ofSteps;
    }

    @Override
    public INDArray apply(INDArray x) {
        float[] values = Floats.of(x);
        int size = ofSteps ? Math.toIntExact(x.size(-1)) : 1;
        float[] flags = new float[values.length / size];
        for (int i = 0; i < values.length; i++) {
            if (values[i] != value) {
                flags[i / size] = 1;
            }
        }
        long[] shape = x.shape().clone();
        return Nd4j.create(flags, ofSteps ? Arrays.copyOf(shape, shape.length - 1) : shape, 'c');
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        return x.like();
    }
}
