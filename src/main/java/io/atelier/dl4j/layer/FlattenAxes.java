package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** All axes but the batch in one, row-major, after moving the channels of {@code channels_first} to the end. */
public final class FlattenAxes implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final boolean channelsFirst;

    @JsonCreator
    public FlattenAxes(@JsonProperty("channelsFirst") boolean channelsFirst) {
        this.channelsFirst = channelsFirst;
    }

    @Override
    public INDArray apply(INDArray x) {
        INDArray channelsLast = moves(x) ? x.permute(order(x.rank())) : x;
        return channelsLast.dup('c').reshape('c', x.size(0), x.length() / x.size(0));
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        INDArray gradient = outputGradient.dup('c');
        if (!moves(x)) {
            return gradient.reshape('c', x.shape());
        }
        INDArray channelsLast = gradient.reshape('c', x.permute(order(x.rank())).shape());
        int[] back = new int[x.rank()];
        for (int axis = 2; axis < back.length; axis++) {
            back[axis] = axis - 1;
        }
        back[1] = back.length - 1;
        return channelsLast.permute(back).dup('c');
    }

    private boolean moves(INDArray x) {
        return channelsFirst && x.rank() > 2;
    }

    /** Batch, then the axes after the channels, then the channels. */
    private static int[] order(int rank) {
        int[] order = new int[rank];
        for (int axis = 1; axis < rank - 1; axis++) {
            order[axis] = axis + 1;
        }
        order[rank - 1] = 1;
        return order;
    }
}
