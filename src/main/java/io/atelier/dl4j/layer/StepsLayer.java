package io.atelier.dl4j.layer;

import org.deeplearning4j.nn.api.Layer;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The configuration of a layer that shows each step of its input, {@code (batch, time, …)}, to another layer as an example of
 * its own, {@code (batch * time, …)}: Keras's TimeDistributed.
 */
public final class StepsLayer extends ViewLayer {
    private static final long serialVersionUID = 1;

    /**
     * @param underlying takes the steps
     */
    @JsonCreator
    public StepsLayer(@JsonProperty("underlying") org.deeplearning4j.nn.conf.layers.Layer underlying) {
        super(underlying);
    }

    @Override
    ViewLayerImpl around(Layer layer) {
        return new StepsLayerImpl(layer);
    }
}
