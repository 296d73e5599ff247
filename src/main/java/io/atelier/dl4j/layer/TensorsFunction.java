package io.atelier.dl4j.layer;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * A function of several tensors without parameters, with its gradients: what a {@link FunctionVertex} computes.
 *
 * <p>Implementations are immutable and never write to their arguments.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public interface TensorsFunction extends Serializable {
    /** The function's value, in an array of its own. */
    INDArray apply(List<INDArray> x);

    /**
     * The gradients of the loss with respect to each tensor.
     *
     * @param outputGradient the gradient with respect to the function's value
     */
    List<INDArray> gradients(List<INDArray> x, INDArray outputGradient);
}
