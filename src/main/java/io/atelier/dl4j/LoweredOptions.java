package io.atelier.dl4j;

import io.atelier.keras.layer.WeightSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.modelimport.keras.config.KerasLayerConfiguration;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.utils.KerasLayerUtils;
import org.jspecify.annotations.Nullable;

/** The options of a {@link Lowered}, as they come back from modelimport's untyped maps. */
final class LoweredOptions {
    private final Map<String, Object> options;

    private LoweredOptions(Map<String, Object> options) {
        this.options = options;
    }

    static LoweredOptions of(Map<String, Object> layerConfig, KerasLayerConfiguration names)
            throws InvalidKerasConfigurationException {
        return new LoweredOptions(KerasLayerUtils.getInnerLayerConfigFromConfig(layerConfig, names));
    }

    int integer(String option) {
        return value(option, Integer.class);
    }

    double number(String option) {
        return value(option, Double.class);
    }

    boolean flag(String option) {
        return value(option, Boolean.class);
    }

    int[] integers(String option) {
        return ((List<?>) value(option, List.class))
                .stream().mapToInt(size -> (Integer) size).toArray();
    }

    List<WeightSpec> weights() {
        return ((List<?>) value(Lowered.WEIGHTS, List.class))
                .stream().map(WeightSpec.class::cast).toList();
    }

    /** The sizes of a weight's parameter: Deeplearning4j has no scalars. */
    static long[] sizes(WeightSpec weight) {
        return weight.shape().rank() == 0
                ? new long[] {1}
                : Arrays.stream(weight.shape().toArray()).asLongStream().toArray();
    }

    <T> T value(String option, Class<T> type) {
        @Nullable Object value = options.get(option);
        if (!type.isInstance(value)) {
            throw new IllegalStateException("option " + option + " was lowered to " + value);
        }
        return type.cast(value);
    }
}
