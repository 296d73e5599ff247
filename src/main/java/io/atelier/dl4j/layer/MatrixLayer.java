package io.atelier.dl4j.layer;

import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The configuration of a layer that shows its input to another layer as a matrix, one axis along the columns, and gives
 * the result the input's other axes back: a DenseLayer or BatchNormalization for any axis of a tensor of any rank.
 */
public final class MatrixLayer extends ViewLayer {
    private static final long serialVersionUID = 1;

    @JsonProperty("axis")
    private final int axis;

    @JsonProperty("constants")
    private final TreeSet<String> constants;

    /**
     * @param underlying works on matrices
     * @param axis the axis along the columns, from the front or, if negative, from the back
     * @param constants parameters of the underlying layer that training must leave as they are
     */
    @JsonCreator
    public MatrixLayer(
            @JsonProperty("underlying") FeedForwardLayer underlying,
            @JsonProperty("axis") int axis,
            @JsonProperty("constants") Set<String> constants) {
        super(underlying);
        this.axis = axis;
        this.constants = new TreeSet<>(constants);
    }

    /** Tells the underlying layer the size of the axis. */
    public void setInputSize(long size) {
        ((FeedForwardLayer) getUnderlying()).setNIn(size);
    }

    @Override
    ViewLayerImpl around(Layer layer) {
        return new MatrixLayerImpl(layer, axis, constants);
    }
}
