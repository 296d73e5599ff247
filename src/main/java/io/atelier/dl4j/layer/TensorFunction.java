package io.atelier.dl4j.layer;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * A function of one tensor without parameters, with its gradient: what a {@link FunctionLayer} computes.
 *
 * <p>Implementations are immutable and never write to their arguments: a tensor of the network may be the input of
 * several layers. (Deeplearning4j's own ActivationLayer writes its result over its input.)
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public interface TensorFunction extends Serializable {
    /** The function's value, in an array of its own or a view of {@code x}. */
    INDArray apply(INDArray x);

    /**
     * The gradient of the loss with respect to {@code x}.
     *
     * @param outputGradient the gradient with respect to the function's value
     */
    INDArray gradient(INDArray x, INDArray outputGradient);
}
