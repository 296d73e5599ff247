package io.atelier.dl4j.layer;

import java.io.Serializable;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * A function of one tensor and of weights, as a graph from which SameDiff derives the gradients: what a
 * {@link GraphLayer} computes.
 *
 * <p>Implementations are immutable, and hold in their fields, which go into a saved network, all that they need to build
 * the graph again.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public interface GraphFunction extends Serializable {
    /**
     * Adds the function to a graph and gives its value.
     *
     * @param x in Keras's layout; its {@code getShape()} has -1 for the batch and the real sizes otherwise, even where the
     *     model leaves an axis open: there the graph is built anew when the size changes
     * @param weights by Keras's names, in Keras's shapes
     */
    SDVariable define(SameDiff graph, SDVariable x, Map<String, SDVariable> weights);
}
