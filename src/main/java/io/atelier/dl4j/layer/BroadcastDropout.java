package io.atelier.dl4j.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Dropout whose values share their fate along the axes where Keras's {@code noise_shape} is 1. */
public final class BroadcastDropout implements IDropout {
    private static final long serialVersionUID = 1;

    @JsonProperty("rate")
    private final double rate;

    @JsonProperty("noiseShape")
    private final int[] noiseShape;

    private transient @Nullable INDArray mask;

    /**
     * @param rate the share of values dropped, from 0 to 1
     * @param noiseShape one size an axis, -1 for the input's; empty: the input's shape
     */
    @JsonCreator
    public BroadcastDropout(@JsonProperty("rate") double rate, @JsonProperty("noiseShape") int[] noiseShape) {
        this.rate = rate;
        this.noiseShape = noiseShape.clone();
    }

    @Override
    public INDArray applyDropout(
            INDArray input, INDArray result, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
        try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            mask = newMask(input);
        }
        return result.assign(input.mul(mask));
    }

    private INDArray newMask(INDArray input) {
        if (rate == 1) {
            return input.ulike().assign(0);
        }
        // A copy, since ND4J hands out the array that its own shape is kept in.
        long[] shape = input.shape().clone();
        for (int axis = 0; axis < noiseShape.length; axis++) {
            shape[axis] = noiseShape[axis] < 0 ? shape[axis] : noiseShape[axis];
        }
        INDArray noise = Nd4j.rand(input.dataType(), shape).gte(rate).castTo(input.dataType());
        INDArray scaled = noise.muli(1 / (1 - rate));
        return Arrays.equals(shape, input.shape()) ? scaled : scaled.broadcast(input.shape());
    }

    @Override
    public INDArray backprop(INDArray outputGradient, INDArray inputGradient, int iteration, int epoch) {
        if (mask == null) {
            throw new IllegalStateException("backprop without a forward pass before it");
        }
        inputGradient.assign(outputGradient.mul(mask));
        mask = null;
        return inputGradient;
    }

    @Override
    public void clear() {
        mask = null;
    }

    @Override
    @SuppressWarnings("MissingSuperCall") // a copy that shares no mask
    public BroadcastDropout clone() {
        return new BroadcastDropout(rate, noiseShape);
    }
}
