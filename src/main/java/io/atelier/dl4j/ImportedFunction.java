package io.atelier.dl4j;

import io.atelier.dl4j.layer.FunctionLayer;
import io.atelier.dl4j.layer.GraphFunction;
import io.atelier.dl4j.layer.GraphLayer;
import io.atelier.dl4j.layer.ParameterNames;
import io.atelier.dl4j.layer.TensorFunction;
import io.atelier.dl4j.sequence.TapeFunction;
import io.atelier.dl4j.sequence.TapeInputs;
import io.atelier.dl4j.sequence.TapeLayer;
import io.atelier.keras.layer.WeightSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.modelimport.keras.KerasLayer;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer that applies one of our functions, as modelimport's table of layers sees it. */
public final class ImportedFunction extends KerasLayer {
    private final int weightCount;

    /** Called by modelimport. */
    public ImportedFunction(Map<String, Object> layerConfig)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        super(layerConfig, false);
        LoweredOptions options = LoweredOptions.of(layerConfig, conf);
        this.weightCount = options.weights().size();
        setLayer(layer(getLayerName(), options));
    }

    private static Layer layer(String name, LoweredOptions options) {
        Object function = options.value(Lowered.FUNCTION, Object.class);
        if (function instanceof TapeFunction tape) {
            return new TapeLayer(name, tape, shapes(options), options.value(Lowered.INPUTS, TapeInputs.class));
        }
        if (function instanceof GraphFunction graph) {
            return new GraphLayer(name, graph, shapes(options), constants(options));
        }
        return new FunctionLayer(name, options.value(Lowered.FUNCTION, TensorFunction.class));
    }

    private static Map<String, long[]> shapes(LoweredOptions options) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        options.weights().forEach(weight -> shapes.put(weight.name(), LoweredOptions.sizes(weight)));
        return shapes;
    }

    private static Set<String> constants(LoweredOptions options) {
        return options.weights().stream()
                .filter(weight -> !weight.trainable())
                .map(WeightSpec::name)
                .collect(Collectors.toSet());
    }

    @Override
    public int getNumParams() {
        return weightCount;
    }

    /** Takes the weights as they are: the function is in Keras's terms. One without weights leaves them to other parts. */
    @Override
    public void setWeights(Map<String, INDArray> kerasWeights) {
        if (weightCount > 0) {
            this.weights = ParameterNames.of(kerasWeights);
        }
    }
}
