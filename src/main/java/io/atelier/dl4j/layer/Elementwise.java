package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A function of every single value, computed in Java: where native operations get a corner case wrong, or where calling them
 * costs more than what they do.
 */
public abstract class Elementwise implements TensorFunction {
    private static final long serialVersionUID = 1;

    /** The function's value. */
    public abstract float value(float x);

    /** The function's slope; next to a corner, that of one side. */
    public abstract float derivative(float x);

    @Override
    public final INDArray apply(INDArray x) {
        float[] values = Floats.of(x);
        for (int i = 0; i < values.length; i++) {
            values[i] = value(values[i]);
        }
        return Nd4j.create(values, x.shape(), 'c');
    }

    @Override
    public final INDArray gradient(INDArray x, INDArray outputGradient) {
        float[] values = Floats.of(x);
        float[] gradients = Floats.of(outputGradient);
        for (int i = 0; i < values.length; i++) {
            gradients[i] *= derivative(values[i]);
        }
        return Nd4j.create(gradients, x.shape(), 'c');
    }
}
