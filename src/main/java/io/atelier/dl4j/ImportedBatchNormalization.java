package io.atelier.dl4j;

import io.atelier.dl4j.layer.MatrixLayer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.modelimport.keras.KerasLayer;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A BatchNormalization along any axis; modelimport guesses the axis and fails without beta.
 *
 * <p>Deeplearning4j always has gamma and beta: where Keras does not scale or center they are ones and zeros, which
 * training leaves alone.
 */
public final class ImportedBatchNormalization extends KerasLayer {
    private static final Map<String, String> PARAMETERS = Map.of(
            "gamma", BatchNormalizationParamInitializer.GAMMA,
            "beta", BatchNormalizationParamInitializer.BETA,
            "moving_mean", BatchNormalizationParamInitializer.GLOBAL_MEAN,
            "moving_variance", BatchNormalizationParamInitializer.GLOBAL_VAR);

    private final long size;
    private final Set<String> constants = new TreeSet<>();

    /** Called by modelimport. */
    public ImportedBatchNormalization(Map<String, Object> layerConfig)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        super(layerConfig, false);
        LoweredOptions options = LoweredOptions.of(layerConfig, conf);
        this.size = options.integer("size");
        if (!options.flag("scale")) {
            constants.add(BatchNormalizationParamInitializer.GAMMA);
        }
        if (!options.flag("center")) {
            constants.add(BatchNormalizationParamInitializer.BETA);
        }
        BatchNormalization matrixLayer = new BatchNormalization.Builder()
                .name(getLayerName())
                .nOut(size)
                .minibatch(true)
                .useLogStd(false)
                .decay(options.number("momentum"))
                .eps(options.number("epsilon"))
                .build();
        setLayer(new MatrixLayer(matrixLayer, options.integer("axis"), constants));
    }

    @Override
    public int getNumParams() {
        return PARAMETERS.size();
    }

    /** The number of values in parameters that Keras does not have. */
    long constantCount() {
        return constants.size() * size;
    }

    @Override
    public void setWeights(Map<String, INDArray> kerasWeights) {
        Map<String, INDArray> parameters = new HashMap<>();
        kerasWeights.forEach((name, value) -> parameters.put(PARAMETERS.getOrDefault(name, name), value));
        for (String constant : constants) {
            double value = constant.equals(BatchNormalizationParamInitializer.GAMMA) ? 1 : 0;
            parameters.put(constant, Nd4j.valueArrayOf(1, size, value));
        }
        this.weights = parameters;
    }
}
