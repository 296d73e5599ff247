package io.atelier.dl4j;

import io.atelier.dl4j.layer.ParameterNames;
import io.atelier.dl4j.sequence.TapeFunction;
import io.atelier.dl4j.sequence.TapeInputs;
import io.atelier.dl4j.sequence.TapeLayer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.modelimport.keras.KerasLayer;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A recurrent layer or attention, as modelimport's table of layers sees it: one of the functions in {@code dl4j.sequence}. */
public final class ImportedTape extends KerasLayer {
    private final int weightCount;

    /** Called by modelimport. */
    public ImportedTape(Map<String, Object> layerConfig)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        super(layerConfig, false);
        LoweredOptions options = LoweredOptions.of(layerConfig, conf);
        Map<String, long[]> shapes = new LinkedHashMap<>();
        options.weights().forEach(weight -> shapes.put(weight.name(), LoweredOptions.sizes(weight)));
        this.weightCount = shapes.size();
        setLayer(new TapeLayer(
                getLayerName(),
                options.value(Lowered.FUNCTION, TapeFunction.class),
                shapes,
                options.value(Lowered.INPUTS, TapeInputs.class)));
    }

    @Override
    public int getNumParams() {
        return weightCount;
    }

    /** Takes the weights as they are: the function is in Keras's terms. */
    @Override
    public void setWeights(Map<String, INDArray> kerasWeights) {
        this.weights = ParameterNames.of(kerasWeights);
    }
}
