package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.TrainingConfig;
import io.atelier.keras.TrainingConfig.OptimizerVariable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads how a model was compiled. Nothing in it is ever a reason to refuse a file. */
final class TrainingConfigs {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingConfigs.class);

    private TrainingConfigs() {}

    /** What a config of Keras 3 says; empty if the model was not compiled. */
    static Optional<TrainingConfig> ofCompileConfig(Map<String, @Nullable Object> model) {
        return ofCompileConfig(model, List.of());
    }

    static Optional<TrainingConfig> ofCompileConfig(
            Map<String, @Nullable Object> model, List<OptimizerVariable> variables) {
        if (!(model.get("compile_config") instanceof Map<?, ?> compiled) || compiled.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> options = new LinkedHashMap<>();
        compiled.forEach((key, value) -> {
            if (value != null) {
                options.put(String.valueOf(key), value);
            }
        });
        return Optional.of(new TrainingConfig(options, variables));
    }

    /** What the attribute of an HDF5 file says; empty if the model was not compiled or the text is no JSON object. */
    static Optional<TrainingConfig> ofText(
            ModelSource source, Optional<String> text, List<OptimizerVariable> variables) {
        try {
            return text.map(json -> Json.object(source.name(), "attribute 'training_config'", json))
                    .map(options -> new TrainingConfig(options, variables));
        } catch (InvalidModelException e) {
            LOG.warn("{}; the model is read without it", e.getMessage());
            return Optional.empty();
        }
    }
}
