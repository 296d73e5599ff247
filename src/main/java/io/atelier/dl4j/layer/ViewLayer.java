package io.atelier.dl4j.layer;

import java.util.Collection;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The configuration of a layer that shows its input to another layer in another shape. */
abstract class ViewLayer extends BaseWrapperLayer {
    private static final long serialVersionUID = 1;

    ViewLayer(Layer underlying) {
        super(underlying);
        setLayerName(underlying.getLayerName());
    }

    /** The layer of a network, around the one to which it shows its input. */
    abstract ViewLayerImpl around(org.deeplearning4j.nn.api.Layer layer);

    @Override
    public final org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int layerIndex,
            INDArray paramsView,
            boolean initializeParams,
            DataType networkDataType) {
        NeuralNetConfiguration inner = conf.clone();
        inner.setLayer(((ViewLayer) inner.getLayer()).getUnderlying());
        return around(getUnderlying()
                .instantiate(inner, listeners, layerIndex, paramsView, initializeParams, networkDataType));
    }

    /** The type of the input: Atelier builds networks from Keras's shapes and never asks for Deeplearning4j's. */
    @Override
    public final InputType getOutputType(int layerIndex, InputType inputType) {
        return inputType;
    }

    @Override
    public final void setNIn(InputType inputType, boolean override) {}

    @Override
    public final @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }
}
