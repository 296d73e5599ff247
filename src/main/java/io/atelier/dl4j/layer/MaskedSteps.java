package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Sets the steps to 0 in which every value is the mask value: Keras's Masking. */
public final class MaskedSteps implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final float maskValue;

    @JsonCreator
    public MaskedSteps(@JsonProperty("maskValue") float maskValue) {
        this.maskValue = maskValue;
    }

    @Override
    public INDArray apply(INDArray x) {
        return counted(x, x);
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        return counted(x, outputGradient);
    }

    /** The values of a tensor in those steps of {@code x} that count, and 0 in the others. */
    private INDArray counted(INDArray x, INDArray values) {
        int last = x.rank() - 1;
        INDArray steps = Matrices.of(x, last);
        INDArray counts = steps.neq(maskValue).castTo(x.dataType()).max(true, 1);
        return Matrices.tensor(Matrices.of(values, last).muliColumnVector(counts), x.shape(), last);
    }
}
