package io.atelier.dl4j;

import io.atelier.dl4j.layer.GraphFunction;
import io.atelier.dl4j.layer.GraphLayer;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.WeightSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
        for (Object item : options.value(Lowered.WEIGHTS, List.class)) {
            WeightSpec weight = (WeightSpec) item;
            shapes.put(weight.name(), sizes(weight.shape()));
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
        this.weights = new HashMap<>(kerasWeights);
    }

    /** The sizes of a parameter: Deeplearning4j has no scalars. */
    private static long[] sizes(Shape shape) {
        return shape.rank() == 0
                ? new long[] {1}
                : Arrays.stream(shape.toArray()).asLongStream().toArray();
    }
}
