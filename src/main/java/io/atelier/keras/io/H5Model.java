package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.TrainingConfig.OptimizerVariable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A whole model in one HDF5 file, as {@code model.save("model.h5")} writes it.
 *
 * <p>The config is the root's attribute {@code model_config}, the weights stand in {@code model_weights}. Source:
 * keras/src/legacy/saving/legacy_h5_format.py.
 */
final class H5Model {
    static final String WEIGHTS = "model_weights";
    static final String OPTIMIZER = "optimizer_weights";

    private H5Model() {}

    /** Makes something of the model while the file is open. */
    static <T> T read(ModelSource source, ImportLimits limits, Function<ModelFile, T> use) {
        try (Hdf5 file = new Hdf5(source, limits)) {
            return use.apply(read(source, file));
        }
    }

    /** The architecture alone: asking the result for weights throws. */
    static ModelFile architecture(ModelSource source, ImportLimits limits) {
        try (Hdf5 file = new Hdf5(source, limits)) {
            return read(source, file);
        }
    }

    private static ModelFile read(ModelSource source, Hdf5 file) {
        String config = file.text("", "model_config").orElseThrow(() -> noModel(source, file));
        ModelOrigin origin =
                new ModelOrigin(source.name(), ModelOrigin.Format.H5, version(source, file), text(file, "backend"));
        return new ModelFile(
                origin,
                Json.object(source.name(), "attribute 'model_config'", config),
                TrainingConfigs.ofText(source, file.text("", "training_config"), optimizerVariables(file)),
                Optional.of(file),
                layers -> new H5WeightStore(file, WEIGHTS, layers));
    }

    private static InvalidModelException noModel(ModelSource source, Hdf5 file) {
        boolean hasWeights = H5WeightStore.root(file).isPresent() || ArchiveWeightStore.isIn(file);
        return new InvalidModelException(
                source.name(),
                hasWeights
                        ? "the file holds weights only, without the model they belong to; give its architecture as well"
                                + " (what model.to_json() gives, or any file of the model):"
                                + " KerasReader.read(architecture, weights), or --weights on the command line; or save the"
                                + " whole model with model.save('model.keras')"
                        : "the HDF5 file holds no Keras model (it has no attribute 'model_config'); save the model with"
                                + " model.save('model.keras')");
    }

    private static Optional<String> version(ModelSource source, Hdf5 file) {
        Optional<String> version = text(file, "keras_version");
        version.ifPresent(text -> ModelFile.checkVersion(source, text));
        return version;
    }

    /** An attribute that Keras 1 and 2 wrote at the root or at the weights, according to how the file was made. */
    private static Optional<String> text(Hdf5 file, String attribute) {
        return file.text("", attribute).or(() -> file.text(WEIGHTS, attribute));
    }

    private static List<OptimizerVariable> optimizerVariables(Hdf5 file) {
        return file.texts(OPTIMIZER, "weight_names").stream()
                .map(name -> OPTIMIZER + "/" + name)
                .filter(file::hasDataset)
                .map(path -> new OptimizerVariable(path, file.shape(path), file.bytesPerValue(path)))
                .toList();
    }
}
