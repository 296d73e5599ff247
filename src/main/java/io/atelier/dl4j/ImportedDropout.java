package io.atelier.dl4j;

import java.util.Map;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.modelimport.keras.KerasLayer;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;

/** A layer that does something in training only: Deeplearning4j's and our kinds of dropout. */
public final class ImportedDropout extends KerasLayer {
    /** Called by modelimport. */
    public ImportedDropout(Map<String, Object> layerConfig)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        super(layerConfig, false);
        IDropout dropout = LoweredOptions.of(layerConfig, conf).value(Lowered.FUNCTION, IDropout.class);
        setLayer(
                new DropoutLayer.Builder().name(getLayerName()).dropOut(dropout).build());
    }
}
