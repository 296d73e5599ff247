package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.TensorsFunction;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes one tensor of all that a {@link TapeLayer} takes. */
public final class Pack implements TensorsFunction {
    private static final long serialVersionUID = 1;

    @Override
    public INDArray apply(List<INDArray> x) {
        return Packing.pack(x);
    }

    @Override
    public List<INDArray> gradients(List<INDArray> x, INDArray outputGradient) {
        return Packing.unpack(outputGradient, x.stream().map(INDArray::shape).toList());
    }
}
