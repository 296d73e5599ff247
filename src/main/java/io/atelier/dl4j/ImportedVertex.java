package io.atelier.dl4j;

import io.atelier.dl4j.layer.FunctionVertex;
import io.atelier.dl4j.layer.TensorsFunction;
import java.util.Map;
import org.deeplearning4j.nn.modelimport.keras.KerasLayer;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;

/** A layer that makes one tensor of several, as modelimport's table of layers sees it: one of {@code dl4j.layer}'s. */
public final class ImportedVertex extends KerasLayer {
    /** Called by modelimport. */
    public ImportedVertex(Map<String, Object> layerConfig)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        super(layerConfig, false);
        this.vertex =
                new FunctionVertex(LoweredOptions.of(layerConfig, conf).value(Lowered.FUNCTION, TensorsFunction.class));
    }
}
