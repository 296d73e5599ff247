package io.atelier.dl4j.layer;

import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link StepsLayer} within a network. */
final class StepsLayerImpl extends ViewLayerImpl {
    private static final long serialVersionUID = 1;

    StepsLayerImpl(Layer underlying) {
        super(underlying);
    }

    @Override
    INDArray shown(INDArray tensor) {
        long[] shape = tensor.shape();
        long[] steps = new long[shape.length - 1];
        steps[0] = shape[0] * shape[1];
        System.arraycopy(shape, 2, steps, 1, steps.length - 1);
        return tensor.dup('c').reshape('c', steps);
    }

    @Override
    INDArray tensor(INDArray steps, long[] shapeOfInput) {
        long[] shape = new long[steps.rank() + 1];
        shape[0] = shapeOfInput[0];
        shape[1] = shapeOfInput[1];
        System.arraycopy(steps.shape(), 1, shape, 2, shape.length - 2);
        return steps.dup('c').reshape('c', shape);
    }
}
