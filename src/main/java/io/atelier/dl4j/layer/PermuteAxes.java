package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The axes in another order. */
public final class PermuteAxes implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final int[] order;

    /**
     * @param order all axes of the input, the batch included, in the new order
     */
    @JsonCreator
    public PermuteAxes(@JsonProperty("order") int... order) {
        this.order = order.clone();
    }

    @Override
    public INDArray apply(INDArray x) {
        return x.permute(order).dup('c');
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        int[] back = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            back[order[i]] = i;
        }
        return outputGradient.permute(back).dup('c');
    }
}
