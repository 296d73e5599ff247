package io.atelier.dl4j.layer;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Lays tensors of any rank side by side along one axis, counted from the batch. */
public final class SideBySide implements TensorsFunction {
    private static final long serialVersionUID = 1;

    private final int axis;

    @JsonCreator
    public SideBySide(@JsonProperty("axis") int axis) {
        this.axis = axis;
    }

    @Override
    public INDArray apply(List<INDArray> x) {
        return x.size() == 1 ? x.get(0).dup('c') : Nd4j.concat(axis, x.toArray(INDArray[]::new));
    }

    @Override
    public List<INDArray> gradients(List<INDArray> x, INDArray outputGradient) {
        List<INDArray> gradients = new ArrayList<>();
        long from = 0;
        for (INDArray each : x) {
            INDArrayIndex[] part = NDArrayIndex.allFor(outputGradient);
            part[axis] = NDArrayIndex.interval(from, from + each.size(axis));
            gradients.add(outputGradient.get(part).dup('c'));
            from += each.size(axis);
        }
        return gradients;
    }
}
