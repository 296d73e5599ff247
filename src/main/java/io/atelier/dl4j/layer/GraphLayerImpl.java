package io.atelier.dl4j.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link GraphLayer} within a network. */
final class GraphLayerImpl extends SameDiffLayer {
    private static final long serialVersionUID = 1;

    /** The input's sizes without the batch, for which the graph was built. */
    private long @Nullable [] builtFor;

    GraphLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        long[] sizes = Arrays.copyOfRange(input.shape(), 1, input.rank());
        if (!Arrays.equals(sizes, builtFor)) {
            sameDiff = null;
            builtFor = sizes;
        }
        return super.activate(training, workspaces);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        // SameDiff's ExternalErrorsFunction counts the gradient of the output twice.
        Pair<Gradient, INDArray> result = super.backpropGradient(epsilon.mul(0.5), workspaces);
        ((GraphLayer) layerConf())
                .constants()
                .forEach(name -> result.getFirst()
                        .getGradientFor(ParameterNames.of(name))
                        .assign(0));
        return result;
    }

    /** Sets the values of a parameter, where Deeplearning4j's own method checks the shape and does nothing. */
    @Override
    public void setParam(String key, INDArray values) {
        super.setParam(key, values);
        getParam(key).assign(values);
    }
}
