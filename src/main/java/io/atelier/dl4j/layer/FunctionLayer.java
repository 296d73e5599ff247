package io.atelier.dl4j.layer;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The configuration of a layer without parameters that applies a {@link TensorFunction}. */
public final class FunctionLayer extends NoParamLayer {
    private static final long serialVersionUID = 1;

    @JsonProperty("function")
    private final TensorFunction function;

    @JsonCreator
    public FunctionLayer(@JsonProperty("layerName") String name, @JsonProperty("function") TensorFunction function) {
        setLayerName(name);
        this.function = function;
    }

    /** What the layer applies. */
    TensorFunction function() {
        return function;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int layerIndex,
            INDArray paramsView,
            boolean initializeParams,
            DataType networkDataType) {
        return LayerSetup.complete(
                new FunctionLayerImpl(conf, networkDataType), listeners, layerIndex, paramsView, initializeParams);
    }

    /** The type of the input: Atelier builds networks from Keras's shapes and never asks for Deeplearning4j's. */
    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return inputType;
    }

    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        return new LayerMemoryReport.Builder(getLayerName(), FunctionLayer.class, inputType, inputType)
                .standardMemory(0, 0)
                .workingMemory(0, 0, 0, 0)
                .cacheMemory(Map.of(), Map.of())
                .build();
    }
}
