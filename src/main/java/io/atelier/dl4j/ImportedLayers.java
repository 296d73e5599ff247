package io.atelier.dl4j;

import java.util.Map;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.modelimport.keras.KerasLayer;
import org.deeplearning4j.nn.modelimport.keras.config.Keras2LayerConfiguration;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.utils.KerasLayerUtils;

/**
 * The class names that Atelier adds to modelimport's, for layers it lacks or reads wrongly.
 *
 * <p>They are handed to modelimport with every call and never registered with its process-wide table, which is not
 * thread-safe and belongs to the application.
 */
final class ImportedLayers {
    static final String BATCH_NORMALIZATION = "Atelier>BatchNormalization";
    static final String CHANNELS_FIRST_CONVOLUTION = "Atelier>ChannelsFirstConv2D";
    static final String DROPOUT = "Atelier>Dropout";
    static final String FUNCTION = "Atelier>Function";
    static final String LAST_AXIS_DENSE = "Atelier>LastAxisDense";
    static final String VERTEX = "Atelier>Vertex";

    private static final Map<String, Class<? extends KerasLayer>> OWN = Map.of(
            BATCH_NORMALIZATION, ImportedBatchNormalization.class,
            CHANNELS_FIRST_CONVOLUTION, ImportedChannelsFirstConvolution.class,
            DROPOUT, ImportedDropout.class,
            FUNCTION, ImportedFunction.class,
            LAST_AXIS_DENSE, ImportedLastAxisDense.class,
            VERTEX, ImportedVertex.class);

    private ImportedLayers() {}

    /** What modelimport makes of a layer's config: a {@link Layer} or vertex, and the way its weights go into it. */
    static KerasLayer read(String name, Lowered lowered) {
        try {
            return KerasLayerUtils.getKerasLayerFromConfig(
                    lowered.layerConfig(name), new Keras2LayerConfiguration(), OWN, Map.of(), Map.of());
        } catch (InvalidKerasConfigurationException | UnsupportedKerasConfigurationException e) {
            throw new IllegalStateException(
                    "modelimport refused the config of layer '" + name + "': " + e.getMessage(), e);
        }
    }
}
