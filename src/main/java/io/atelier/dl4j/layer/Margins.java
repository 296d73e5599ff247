package io.atelier.dl4j.layer;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What stands around a tensor, or is cut from it, at the two ends of neighbouring axes. */
final class Margins {
    private Margins() {}

    /** A copy with a value put at the ends of the axes from {@code firstAxis} on. */
    static INDArray around(INDArray x, int firstAxis, int[] before, int[] after, double value) {
        long[] shape = x.shape().clone();
        for (int i = 0; i < before.length; i++) {
            shape[firstAxis + i] += before[i] + after[i];
        }
        INDArray padded = Nd4j.valueArrayOf(shape, value, x.dataType());
        padded.get(inside(padded, firstAxis, before, after)).assign(x);
        return padded;
    }

    /** A copy without the ends of the axes from {@code firstAxis} on. */
    static INDArray without(INDArray x, int firstAxis, int[] before, int[] after) {
        return x.get(inside(x, firstAxis, before, after)).dup('c');
    }

    private static INDArrayIndex[] inside(INDArray x, int firstAxis, int[] before, int[] after) {
        INDArrayIndex[] inside = new INDArrayIndex[x.rank()];
        Arrays.fill(inside, NDArrayIndex.all());
        for (int i = 0; i < before.length; i++) {
            inside[firstAxis + i] = NDArrayIndex.interval(before[i], x.size(firstAxis + i) - after[i]);
        }
        return inside;
    }
}
