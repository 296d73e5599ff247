package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.TrainingConfig;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An architecture without weights, as {@code model.to_json()} writes it. */
final class JsonModel {
    private JsonModel() {}

    /** Reads the architecture; asking the result for weights throws. */
    static ModelFile read(ModelSource source, ImportLimits limits) {
        Map<String, @Nullable Object> model = Json.object(source.name(), "the file", text(source, limits));
        if (!(model.get("class_name") instanceof String) || !model.containsKey("config")) {
            throw new InvalidModelException(
                    source.name(),
                    "expected the JSON that model.to_json() gives, an object with 'class_name' and 'config'; received"
                            + " an object with "
                            + ConfigReader.brief(model.keySet().toString())
                            + ". Save the model with model.save('model.keras')");
        }
        ModelOrigin origin = new ModelOrigin(
                source.name(), ModelOrigin.Format.JSON, version(source, model), text(model.get("backend")));
        Optional<TrainingConfig> training = TrainingConfigs.ofCompileConfig(model);
        return new ModelFile(origin, model, training, Optional.empty(), layers -> {
            throw new InvalidModelException(
                    source.name(),
                    "the file holds the architecture only, without weights; give the file with the weights as well:"
                            + " KerasReader.read(architecture, weights), or --weights on the command line");
        });
    }

    private static String text(ModelSource source, ImportLimits limits) {
        if (source.sizeBytes() > limits.maxConfigBytes()) {
            throw new InvalidModelException(
                    source.name(), "the JSON is larger than ImportLimits.maxConfigBytes=" + limits.maxConfigBytes());
        }
        return new String(source.bytesAt(0, Math.toIntExact(source.sizeBytes())), StandardCharsets.UTF_8);
    }

    /** Keras 1 and 2 write their version; Keras 3 writes none, but the module of every class. */
    private static Optional<String> version(ModelSource source, Map<String, @Nullable Object> model) {
        Optional<String> version = text(model.get("keras_version"));
        version.ifPresent(text -> ModelFile.checkVersion(source, text));
        return version.isPresent() || !model.containsKey("module") ? version : Optional.of("3");
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
