package io.atelier.dl4j;

import io.atelier.dl4j.layer.GraphFunction;
import io.atelier.dl4j.layer.GraphLayer;
import io.atelier.dl4j.layer.ParameterNames;
import io.atelier.keras.layer.WeightSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.modelimport.keras.KerasLayer;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer with weights, as modelimport's table of layers sees it: one of the graphs in {@code dl4j.layer}. */
public final class ImportedGraph extends KerasLayer {
    private final int weightCount;

    /** Called by modelimport. */
    public ImportedGraph(Map<String, Object> layerConfig)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        super(layerConfig, false);
        LoweredOptions options = LoweredOptions.of(layerConfig, conf);
        Map<String, long[]> shapes = new LinkedHashMap<>();
        Set<String> constants = new TreeSet<>();
        for (WeightSpec weight : options.weights()) {
            shapes.put(weight.name(), LoweredOptions.sizes(weight));
            if (!weight.trainable()) {
                constants.add(weight.name());
            }
        }
        this.weightCount = shapes.size();
        setLayer(new GraphLayer(
                getLayerName(), options.value(Lowered.FUNCTION, GraphFunction.class), shapes, constants));
    }

    @Override
    public int getNumParams() {
        return weightCount;
    }

    /** Takes the weights as they are: the graph is in Keras's terms. */
    @Override
    public void setWeights(Map<String, INDArray> kerasWeights) {
        this.weights = ParameterNames.of(kerasWeights);
    }
}
