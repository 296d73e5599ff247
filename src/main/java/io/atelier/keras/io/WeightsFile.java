package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.ModelOrigin;
import java.util.List;
import java.util.Optional;

/**
 * An open file of weights: what {@code model.save_weights} writes in any version of Keras, or a whole model, of which
 * only the weights are taken.
 */
final class WeightsFile implements AutoCloseable {
    private final ModelSource source;
    private final Hdf5 file;
    /** Where the weights of Keras 1 and 2 stand; empty if they are in Keras 3's layout. */
    private final Optional<String> legacyRoot;

    private WeightsFile(ModelSource source, Hdf5 file) {
        this.source = source;
        this.file = file;
        this.legacyRoot = H5WeightStore.root(file);
    }

    /**
     * Opens the weights.
     *
     * @throws InvalidModelException if the file holds no weights of Keras
     */
    static WeightsFile open(ModelSource source, ImportLimits limits) {
        ModelSource hdf5 = Container.of(source) == Container.ZIP ? KerasArchive.weights(source, limits) : source;
        if (Container.of(hdf5) != Container.HDF5) {
            throw new InvalidModelException(
                    source.name(),
                    "expected weights as model.save_weights('model.weights.h5') writes them; received a file that begins"
                            + " with " + hdf5.beginning() + ". Are architecture and weights exchanged?");
        }
        WeightsFile weights = new WeightsFile(source, new Hdf5(hdf5, limits));
        if (weights.legacyRoot.isEmpty() && !ArchiveWeightStore.isIn(weights.file)) {
            weights.close();
            throw new InvalidModelException(
                    source.name(),
                    "the HDF5 file holds no weights of Keras; save them with model.save_weights('model.weights.h5')");
        }
        return weights;
    }

    /** The architecture of another file with these weights; valid until this is closed. */
    ModelFile under(ModelFile architecture) {
        ModelOrigin origin = architecture.origin();
        Optional<String> version = text("keras_version");
        version.ifPresent(text -> ModelFile.checkVersion(source, text));
        // As in Keras, a file in the old layout that does not say is of Keras 1.
        int major = version.map(ModelFile::majorVersion).orElse(legacyRoot.isPresent() ? 1 : 3);
        if ((major == 1) != (architecture.majorVersion() == 1)) {
            throw new InvalidModelException(
                    source.name(),
                    "the weights are of Keras " + major + ", but the architecture in " + origin.source()
                            + " is of Keras " + architecture.majorVersion()
                            + ", which kept them otherwise; save both with the same version");
        }
        ModelOrigin both = new ModelOrigin(
                origin.source() + " with " + source.name(),
                origin.format(),
                origin.kerasVersion(),
                text("backend").or(origin::backend));
        return new ModelFile(
                both,
                architecture.config(),
                architecture.trainingConfig().map(config -> config.withoutOptimizerVariables()),
                Optional.empty(),
                this::store);
    }

    private WeightStore store(List<LayerEntry> layers) {
        return legacyRoot
                .<WeightStore>map(root -> new H5WeightStore(
                        file, root, layers, LayerNames.match(source.name(), file.texts(root, "layer_names"), layers)))
                .orElseGet(() -> new ArchiveWeightStore(file, layers));
    }

    private Optional<String> text(String attribute) {
        return file.text("", attribute).or(() -> legacyRoot.flatMap(root -> file.text(root, attribute)));
    }

    @Override
    public void close() {
        file.close();
    }
}
