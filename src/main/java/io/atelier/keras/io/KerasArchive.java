package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.TrainingConfig.OptimizerVariable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A zip archive as {@code model.save("model.keras")} writes it: {@code config.json}, {@code metadata.json} and
 * {@code model.weights.h5}.
 *
 * <p>Source: keras/src/saving/saving_lib.py.
 */
final class KerasArchive {
    static final String CONFIG = "config.json";
    static final String METADATA = "metadata.json";
    static final String WEIGHTS = "model.weights.h5";

    private KerasArchive() {}

    /** Makes something of the model while the archive is open. */
    static <T> T read(ModelSource source, ImportLimits limits, Function<ModelFile, T> use) {
        ModelFile architecture = architecture(source, limits);
        try (Hdf5 file = new Hdf5(weights(source, limits), limits)) {
            return use.apply(new ModelFile(
                    architecture.origin(),
                    architecture.config(),
                    TrainingConfigs.ofCompileConfig(architecture.config(), optimizerVariables(file)),
                    Optional.of(file),
                    layers -> new ArchiveWeightStore(file, layers)));
        }
    }

    /** The architecture alone: asking the result for weights throws. */
    static ModelFile architecture(ModelSource source, ImportLimits limits) {
        return unzip(source, limits, zip -> {
            String name = source.name();
            Map<String, @Nullable Object> config = json(name, zip, CONFIG, limits)
                    .orElseThrow(() -> new InvalidModelException(
                            name,
                            "the zip archive holds no Keras model (it has no config.json); save the model with"
                                    + " model.save('model.keras')"));
            Map<String, @Nullable Object> metadata =
                    json(name, zip, METADATA, limits).orElse(Map.of());
            Optional<String> version = Optional.of(metadata.get("keras_version") instanceof String text ? text : "3");
            version.ifPresent(text -> ModelFile.checkVersion(source, text));
            return new ModelFile(
                    new ModelOrigin(name, ModelOrigin.Format.KERAS, version, Optional.empty()),
                    config,
                    TrainingConfigs.ofCompileConfig(config),
                    Optional.empty(),
                    layers -> {
                        throw new IllegalStateException("the archive is closed");
                    });
        });
    }

    /** The weights, unpacked into memory. */
    static ModelSource weights(ModelSource source, ImportLimits limits) {
        return unzip(source, limits, zip -> new ModelSource.InMemory(source.name(), weights(source.name(), zip)));
    }

    private interface Unzipping<T> {
        T read(ZipEntries zip) throws IOException;
    }

    private static <T> T unzip(ModelSource source, ImportLimits limits, Unzipping<T> reading) {
        try (ZipEntries zip = new ZipEntries(source, limits)) {
            return reading.read(zip);
        } catch (IOException e) {
            throw new InvalidModelException(
                    source.name(),
                    "the zip archive is damaged or cut off: " + e.getMessage()
                            + ". Copy it again or save the model again",
                    e);
        }
    }

    private static Optional<Map<String, @Nullable Object>> json(
            String source, ZipEntries zip, String entry, ImportLimits limits) throws IOException {
        Optional<byte[]> bytes = zip.read(entry, limits.maxConfigBytes(), "maxConfigBytes");
        return bytes.map(found -> Json.object(source, entry, new String(found, StandardCharsets.UTF_8)));
    }

    private static byte[] weights(String source, ZipEntries zip) throws IOException {
        return zip.read(WEIGHTS, Integer.MAX_VALUE - 0xffff, "2 GiB, the most that fits in memory")
                .orElseThrow(() -> new InvalidModelException(
                        source,
                        zip.has("model.weights.npz") || zip.has("model.weights.json")
                                ? "the archive's weights are not in model.weights.h5, the only layout that is read; save"
                                        + " the model with model.save('model.keras')"
                                : "the archive has no model.weights.h5; save the model again"));
    }

    private static List<OptimizerVariable> optimizerVariables(Hdf5 file) {
        return Stream.of("optimizer", "_optimizer")
                .flatMap(group -> file.datasets(group).stream())
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .map(path -> new OptimizerVariable(path, file.shape(path), file.bytesPerValue(path)))
                .toList();
    }
}
