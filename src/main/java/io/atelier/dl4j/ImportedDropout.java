package io.atelier.dl4j;

import io.atelier.dl4j.layer.BroadcastDropout;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.modelimport.keras.KerasLayer;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;

/** A Dropout with a noise shape, or one that drops everything: modelimport ignores the one and keeps all for the other. */
public final class ImportedDropout extends KerasLayer {
    /** Called by modelimport. */
    public ImportedDropout(Map<String, Object> layerConfig)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        super(layerConfig, false);
        LoweredOptions options = LoweredOptions.of(layerConfig, conf);
        BroadcastDropout dropout = new BroadcastDropout(options.number("drop_rate"), options.integers("noise_shape"));
        setLayer(
                new DropoutLayer.Builder().name(getLayerName()).dropOut(dropout).build());
    }
}
