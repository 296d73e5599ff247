package io.atelier.dl4j;

import io.atelier.dl4j.layer.Affine;
import io.atelier.dl4j.layer.FlattenAxes;
import io.atelier.dl4j.layer.FunctionLayer;
import io.atelier.dl4j.layer.GlobalPool;
import io.atelier.dl4j.layer.RectifiedLinear;
import io.atelier.dl4j.layer.SoftmaxOverAxes;
import io.atelier.dl4j.layer.Softplus;
import io.atelier.dl4j.layer.StockActivation;
import io.atelier.dl4j.layer.TensorFunction;
import io.atelier.keras.layer.DataFormat;
import java.util.Map;
import org.deeplearning4j.nn.modelimport.keras.KerasLayer;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.utils.KerasActivationUtils;

/** A layer without weights, as modelimport's table of layers sees it: one of the functions in {@code dl4j.layer}. */
public final class ImportedFunction extends KerasLayer {
    /** Called by modelimport. */
    public ImportedFunction(Map<String, Object> layerConfig)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        super(layerConfig, false);
        LoweredOptions options = LoweredOptions.of(layerConfig, conf);
        setLayer(new FunctionLayer(getLayerName(), function(options)));
    }

    private TensorFunction function(LoweredOptions options) throws UnsupportedKerasConfigurationException {
        return switch (getClassName()) {
            case ImportedLayers.ACTIVATION -> activation(options.text("activation"));
            case ImportedLayers.FLATTEN -> new FlattenAxes(isChannelsFirst(options));
            case ImportedLayers.GLOBAL_POOLING ->
                new GlobalPool(options.flag("max"), isChannelsFirst(options), options.flag("keepdims"));
            case ImportedLayers.RELU ->
                new RectifiedLinear(
                        options.optionalNumber("max_value").orElse(null),
                        options.number("negative_slope"),
                        options.number("threshold"));
            case ImportedLayers.RESCALING -> new Affine(options.floats("scale"), options.floats("offset"));
            case ImportedLayers.SOFTMAX -> new SoftmaxOverAxes(options.integers("axis"));
            default -> throw new IllegalArgumentException(getClassName());
        };
    }

    private TensorFunction activation(String kerasName) throws UnsupportedKerasConfigurationException {
        return kerasName.equals("softplus")
                ? new Softplus()
                : new StockActivation(KerasActivationUtils.mapToActivation(kerasName, conf));
    }

    private static boolean isChannelsFirst(LoweredOptions options) {
        return DataFormat.CHANNELS_FIRST.kerasName().equals(options.text("data_format"));
    }
}
