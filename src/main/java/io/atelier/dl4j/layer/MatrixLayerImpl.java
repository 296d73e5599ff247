package io.atelier.dl4j.layer;

import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link MatrixLayer} within a network. */
final class MatrixLayerImpl extends BaseWrapperLayer {
    private static final long serialVersionUID = 1;

    /** The underlying layer works outside of the network's workspaces, which know nothing of its matrices. */
    private static final LayerWorkspaceMgr OUTSIDE = LayerWorkspaceMgr.noWorkspaces();

    private final int axis;
    private final Set<String> constants;
    private @Nullable INDArray input;
    private long[] inputShape = {};

    MatrixLayerImpl(Layer underlying, int axis, Set<String> constants) {
        super(underlying);
        this.axis = axis;
        this.constants = constants;
    }

    @Override
    public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
        input = workspaces.leverageTo(ArrayType.INPUT, newInput);
    }

    /** The tensor, which the network looks for in its workspaces; the underlying layer keeps the matrix. */
    @Override
    public @Nullable INDArray input() {
        return input;
    }

    @Override
    public void clear() {
        input = null;
        super.clear();
    }

    @Override
    public int getInputMiniBatchSize() {
        return Math.toIntExact(inputShape[0]);
    }

    @Override
    public INDArray activate(INDArray newInput, boolean training, LayerWorkspaceMgr workspaces) {
        setInput(newInput, workspaces);
        return activate(training, workspaces);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        if (input == null) {
            throw new IllegalStateException("the layer has no input");
        }
        inputShape = input.shape().clone();
        int column = Matrices.axes(inputShape.length, axis)[0];
        INDArray matrix = underlying.activate(Matrices.of(input, column), training, OUTSIDE);
        INDArray output = Matrices.tensor(matrix, with(inputShape, column, matrix.size(1)), column);
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, output);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        int column = Matrices.axes(inputShape.length, axis)[0];
        Pair<Gradient, INDArray> result = underlying.backpropGradient(Matrices.of(epsilon, column), OUTSIDE);
        constants.forEach(name -> result.getFirst().getGradientFor(name).assign(0));
        INDArray gradient = Matrices.tensor(result.getSecond(), inputShape, column);
        return new Pair<>(result.getFirst(), workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, gradient));
    }

    private static long[] with(long[] shape, int axis, long size) {
        long[] changed = shape.clone();
        changed[axis] = size;
        return changed;
    }
}
