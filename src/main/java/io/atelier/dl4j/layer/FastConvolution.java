package io.atelier.dl4j.layer;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The configuration of a ConvolutionLayer that oneDNN computes where {@link OneDnn#isAvailable()}.
 *
 * <p>It is part of a network's configuration, so that copies of a network, and networks saved and loaded again, are as
 * fast; a saved network needs Atelier on the class path to be loaded. Where ND4J's library lacks oneDNN, the loaded
 * network computes as the plain ConvolutionLayer does.
 */
public final class FastConvolution extends ConvolutionLayer {
    private static final long serialVersionUID = 1;

    /** For Deeplearning4j, which fills in what it reads from a saved network. */
    @SuppressWarnings("unused")
    private FastConvolution() {}

    FastConvolution(ConvolutionLayer plain) {
        super(new Builder(plain.getKernelSize(), plain.getStride(), plain.getPadding())
                .name(plain.getLayerName())
                .nIn(plain.getNIn())
                .nOut(plain.getNOut())
                .activation(plain.getActivationFn())
                .weightInit(plain.getWeightInitFn())
                .biasInit(plain.getBiasInit())
                .hasBias(plain.hasBias())
                .convolutionMode(plain.getConvolutionMode())
                .dilation(plain.getDilation())
                .dataFormat(plain.getCnn2dDataFormat()));
        setDefaultValueOverriden(true);
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
                new FastConvolutionImpl(conf, networkDataType), listeners, layerIndex, paramsView, initializeParams);
    }
}
