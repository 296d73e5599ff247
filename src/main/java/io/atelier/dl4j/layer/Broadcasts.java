package io.atelier.dl4j.layer;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/** Weights of some axes in a shape that broadcasts along them. */
final class Broadcasts {
    private Broadcasts() {}

    /**
     * The weight with size 1 for all other axes.
     *
     * @param shape of the tensor
     * @param axes counted from the front, in the order of the weight's axes
     */
    static SDVariable along(SDVariable weight, long[] shape, int... axes) {
        long[] sizes = new long[shape.length];
        Arrays.fill(sizes, 1);
        for (int axis : axes) {
            sizes[axis] = shape[axis];
        }
        return weight.reshape(sizes);
    }

    /** {@code x * gamma + beta}, each if there is such a weight, along some axes. */
    static SDVariable scaled(SDVariable x, Map<String, SDVariable> weights, long[] shape, int... axes) {
        SDVariable gamma = weights.get("gamma");
        SDVariable beta = weights.get("beta");
        SDVariable y = gamma == null ? x : x.mul(along(gamma, shape, axes));
        return beta == null ? y : y.add(along(beta, shape, axes));
    }
}
