package io.atelier.dl4j.layer;

import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link MatrixLayer} within a network. */
final class MatrixLayerImpl extends ViewLayerImpl {
    private static final long serialVersionUID = 1;

    private final int axis;
    private final Set<String> constants;

    MatrixLayerImpl(Layer underlying, int axis, Set<String> constants) {
        super(underlying);
        this.axis = axis;
        this.constants = constants;
    }

    @Override
    INDArray shown(INDArray tensor) {
        return Matrices.of(tensor, Matrices.axes(tensor.rank(), axis));
    }

    @Override
    INDArray tensor(INDArray matrix, long[] shapeOfInput) {
        int[] column = Matrices.axes(shapeOfInput.length, axis);
        long[] shape = shapeOfInput.clone();
        shape[column[0]] = matrix.size(1);
        return Matrices.tensor(matrix, shape, column);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        Pair<Gradient, INDArray> result = super.backpropGradient(epsilon, workspaces);
        constants.forEach(name -> result.getFirst().getGradientFor(name).assign(0));
        return result;
    }
}
