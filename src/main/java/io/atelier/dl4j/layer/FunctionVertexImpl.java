package io.atelier.dl4j.layer;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link FunctionVertex} within a network. */
final class FunctionVertexImpl extends BaseGraphVertex {
    private static final long serialVersionUID = 1;

    private final TensorsFunction function;

    FunctionVertexImpl(ComputationGraph graph, String name, int index, DataType dataType, TensorsFunction function) {
        super(graph, name, index, null, null, dataType);
        this.function = function;
    }

    @Override
    public boolean hasLayer() {
        return false;
    }

    @Override
    public @Nullable Layer getLayer() {
        return null;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray output;
        try (MemoryWorkspace scope = workspaces.notifyScopeBorrowed(ArrayType.ACTIVATIONS)) {
            output = function.apply(List.of(inputs));
        }
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, output);
    }

    @Override
    public Pair<@Nullable Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
        List<INDArray> gradients;
        try (MemoryWorkspace scope = workspaces.notifyScopeBorrowed(ArrayType.ACTIVATION_GRAD)) {
            gradients = function.gradients(List.of(inputs), epsilon);
        }
        List<INDArray> moved = new ArrayList<>();
        gradients.forEach(gradient -> moved.add(workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, gradient)));
        return new Pair<>(null, moved.toArray(INDArray[]::new));
    }

    @Override
    public void setBackpropGradientsViewArray(@Nullable INDArray gradients) {
        if (gradients != null) {
            throw new IllegalArgumentException("vertex '" + vertexName + "' has no parameters");
        }
    }

    /** Atelier's networks carry no masks of Deeplearning4j's. */
    @Override
    public @Nullable Pair<INDArray, MaskState> feedForwardMaskArrays(
            INDArray[] maskArrays, MaskState currentMaskState, int minibatchSize) {
        return null;
    }

    @Override
    public String toString() {
        return "FunctionVertex '" + vertexName + "'";
    }
}
