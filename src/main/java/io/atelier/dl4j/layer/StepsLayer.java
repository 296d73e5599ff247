package io.atelier.dl4j.layer;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The configuration of a layer that shows each step of its input, {@code (batch, time, …)}, to another layer as an example of
 * its own, {@code (batch * time, …)}: Keras's TimeDistributed.
 */
public final class StepsLayer extends BaseWrapperLayer {
    private static final long serialVersionUID = 1;

    /**
     * @param underlying takes the steps
     */
    @JsonCreator
    public StepsLayer(@JsonProperty("underlying") org.deeplearning4j.nn.conf.layers.Layer underlying) {
        super(underlying);
        setLayerName(underlying.getLayerName());
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int layerIndex,
            INDArray paramsView,
            boolean initializeParams,
            DataType networkDataType) {
        NeuralNetConfiguration inner = conf.clone();
        inner.setLayer(((StepsLayer) inner.getLayer()).getUnderlying());
        return new StepsLayerImpl(getUnderlying()
                .instantiate(inner, listeners, layerIndex, paramsView, initializeParams, networkDataType));
    }

    /** The type of the input: Atelier builds networks from Keras's shapes and never asks for Deeplearning4j's. */
    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return inputType;
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {}

    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }
}
