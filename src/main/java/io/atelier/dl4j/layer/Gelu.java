package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@code 0.5 * x * (1 + erf(x / sqrt(2)))}: Keras's gelu, where Deeplearning4j's approximates. */
public final class Gelu implements TensorFunction {
    private static final long serialVersionUID = 1;

    @Override
    public INDArray apply(INDArray x) {
        return probability(x).muli(x);
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        INDArray density = Transforms.exp(x.mul(x).muli(-0.5), false).muli(1 / Math.sqrt(2 * Math.PI));
        return probability(x).addi(density.muli(x)).muli(outputGradient);
    }

    /** That a normally distributed number is below {@code x}. */
    private static INDArray probability(INDArray x) {
        INDArray scaled = x.mul(1 / Math.sqrt(2));
        return Nd4j.getExecutioner().exec(new Erf(scaled, scaled)).addi(1).muli(0.5);
    }
}
