package io.atelier.dl4j;

import io.atelier.dl4j.layer.MatrixLayer;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.layers.core.KerasDense;

/** A Dense along the last axis of a tensor of more than two axes. */
public final class ImportedLastAxisDense extends KerasDense {
    /** Called by modelimport. */
    public ImportedLastAxisDense(Map<String, Object> layerConfig)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        super(layerConfig, false);
        setLayer(new MatrixLayer(getDenseLayer(), -1, Set.of()));
    }
}
