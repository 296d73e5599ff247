package io.atelier.dl4j;

import java.util.Map;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.layers.convolutional.KerasConvolution2D;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A channels_first Conv2D with the kernel layout that Keras has had since version 2: modelimport takes channels_first
 * for a sign of Theano, whose kernels are laid out differently and turned by 180 degrees.
 */
public final class ImportedChannelsFirstConvolution extends KerasConvolution2D {
    /** Called by modelimport. */
    public ImportedChannelsFirstConvolution(Map<String, Object> layerConfig)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        super(layerConfig, false);
    }

    @Override
    public INDArray getConvParameterValues(INDArray kernel) {
        return kernel.permute(3, 2, 0, 1);
    }
}
