package io.atelier.dl4j.layer;

import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Stands for what a layer does in training only and Deeplearning4j cannot do: nothing in inference, refused in training. */
public final class NoTraining implements IDropout {
    private static final long serialVersionUID = 1;

    @JsonProperty("what")
    private final String what;

    /**
     * @param what the layer, as an error names it
     */
    @JsonCreator
    public NoTraining(@JsonProperty("what") String what) {
        this.what = what;
    }

    /** What cannot be trained with, and what to do about it: the end of a sentence. */
    public String message() {
        return "engine dl4j cannot train with " + what
                + "; freeze the network up to it, or remove it from the model and save that again";
    }

    @Override
    public INDArray applyDropout(
            INDArray input, INDArray result, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
        throw new UnsupportedOperationException(message());
    }

    @Override
    public INDArray backprop(INDArray outputGradient, INDArray inputGradient, int iteration, int epoch) {
        throw new IllegalStateException("backprop without a forward pass before it");
    }

    @Override
    public void clear() {}

    @Override
    @SuppressWarnings("MissingSuperCall") // immutable
    public NoTraining clone() {
        return new NoTraining(what);
    }
}
