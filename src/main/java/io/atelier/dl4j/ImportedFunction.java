package io.atelier.dl4j;

import io.atelier.dl4j.layer.FunctionLayer;
import io.atelier.dl4j.layer.TensorFunction;
import java.util.Map;
import org.deeplearning4j.nn.modelimport.keras.KerasLayer;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;

/** A layer without weights, as modelimport's table of layers sees it: one of the functions in {@code dl4j.layer}. */
public final class ImportedFunction extends KerasLayer {
    /** Called by modelimport. */
    public ImportedFunction(Map<String, Object> layerConfig)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        super(layerConfig, false);
        TensorFunction function = LoweredOptions.of(layerConfig, conf).value(Lowered.FUNCTION, TensorFunction.class);
        setLayer(new FunctionLayer(getLayerName(), function));
    }
}
