package io.atelier.dl4j.layer;

import java.util.Map;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The configuration of a vertex without parameters that applies a {@link TensorsFunction} to its inputs. */
public final class FunctionVertex extends GraphVertex {
    private static final long serialVersionUID = 1;

    @JsonProperty("function")
    private final TensorsFunction function;

    @JsonCreator
    public FunctionVertex(@JsonProperty("function") TensorsFunction function) {
        this.function = function;
    }

    @Override
    public GraphVertex clone() {
        return new FunctionVertex(function);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FunctionVertex vertex && function.equals(vertex.function);
    }

    @Override
    public int hashCode() {
        return function.hashCode();
    }

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return 1;
    }

    @Override
    public int maxVertexInputs() {
        return Integer.MAX_VALUE;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray paramsView,
            boolean initializeParams,
            DataType networkDataType) {
        return new FunctionVertexImpl(graph, name, index, networkDataType, function);
    }

    /** The type of the first input: Atelier builds networks from Keras's shapes and never asks for Deeplearning4j's. */
    @Override
    public InputType getOutputType(int layerIndex, InputType... vertexInputs) {
        return vertexInputs[0];
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputTypes) {
        return new LayerMemoryReport.Builder(null, FunctionVertex.class, inputTypes[0], inputTypes[0])
                .standardMemory(0, 0)
                .workingMemory(0, 0, 0, 0)
                .cacheMemory(Map.of(), Map.of())
                .build();
    }
}
