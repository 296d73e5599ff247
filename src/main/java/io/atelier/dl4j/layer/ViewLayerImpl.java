package io.atelier.dl4j.layer;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer that shows its input to another layer in another shape, and gives the result a shape of its own. */
abstract class ViewLayerImpl extends BaseWrapperLayer {
    private static final long serialVersionUID = 1;

    /** The underlying layer works outside of the network's workspaces, which know nothing of its shapes. */
    private static final LayerWorkspaceMgr OUTSIDE = LayerWorkspaceMgr.noWorkspaces();

    private @Nullable INDArray input;
    private long[] inputShape = {};

    ViewLayerImpl(Layer underlying) {
        super(underlying);
    }

    /** What the underlying layer sees of a tensor of the input's axes; an array of its own. */
    abstract INDArray shown(INDArray tensor);

    /** The tensor of the output's axes that is shown so; an array of its own. */
    abstract INDArray tensor(INDArray shown, long[] shapeOfInput);

    @Override
    public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
        input = workspaces.leverageTo(ArrayType.INPUT, newInput);
    }

    /** The tensor, which the network looks for in its workspaces; the underlying layer keeps what it is shown. */
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
        INDArray output = underlying.activate(shown(input), training, OUTSIDE);
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, tensor(output, inputShape));
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        Pair<Gradient, INDArray> result = underlying.backpropGradient(shown(epsilon), OUTSIDE);
        INDArray gradient = tensor(result.getSecond(), inputShape);
        return new Pair<>(result.getFirst(), workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, gradient));
    }
}
