package io.atelier.dl4j.layer;

import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** One of Deeplearning4j's activations, applied to a copy of its input. */
public final class StockActivation implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final Activation activation;

    @JsonCreator
    public StockActivation(@JsonProperty("activation") Activation activation) {
        this.activation = activation;
    }

    @Override
    public INDArray apply(INDArray x) {
        return activation.getActivationFunction().getActivation(x.dup('c'), false);
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        return activation
                .getActivationFunction()
                .backprop(x.dup('c'), outputGradient.dup('c'))
                .getFirst();
    }
}
