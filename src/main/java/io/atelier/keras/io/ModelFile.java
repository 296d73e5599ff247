package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.KerasModel;
import io.atelier.keras.ModelException;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.TrainingConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What either kind of file consists of.
 *
 * @param config of the model: {@code {"class_name": "Sequential", "config": {…}}}
 * @param trainingConfig empty for a model that was not compiled
 * @param optimizer holds the variables that the training config lists; empty if there are none
 * @param weights opens the weights, given the layers in the order of {@code model.layers}, of which some may be models
 */
record ModelFile(
        ModelOrigin origin,
        Map<String, @Nullable Object> config,
        Optional<TrainingConfig> trainingConfig,
        Optional<Hdf5> optimizer,
        Function<List<LayerEntry>, WeightStore> weights) {

    /** Parses the config, fetches the weights, and puts the model together. */
    KerasModel toModel(ReadOptions options) {
        Problems problems = new Problems(origin.source());
        ModelGraph tree = new ModelConfigParser(origin, options.limits(), problems).parse(config);
        ModelGraph flat =
                ModelInliner.inline(tree, origin.source(), options.limits().maxLayers());
        KerasModel model = new ModelAssembler(this, flat, tree.layers(), options.customLayers(), problems).assemble();
        return options.optimizerState()
                ? optimizer.map(file -> OptimizerStates.read(model, file)).orElse(model)
                : model;
    }

    /** What the file holds, as far as it can be understood. */
    ModelInspection inspect(ReadOptions options) {
        List<ModelInspection.Layer> layers = List.of();
        try {
            ModelGraph tree =
                    new ModelConfigParser(origin, options.limits(), new Problems(origin.source())).parse(config);
            ModelGraph flat =
                    ModelInliner.inline(tree, origin.source(), options.limits().maxLayers());
            layers = layers(tree, flat, options.customLayers());
            KerasModel model = toModel(options.withoutOptimizerState());
            return new ModelInspection(origin, layers, trainingConfig, List.of(), Optional.of(model));
        } catch (ModelException e) {
            return new ModelInspection(origin, layers, trainingConfig, e.problems(), Optional.empty());
        }
    }

    /** The layers, with those of nested models in their place. */
    private List<ModelInspection.Layer> layers(ModelGraph tree, ModelGraph flat, CustomLayers customLayers) {
        Optional<WeightStore> store = attempt(() -> weights.apply(tree.layers()));
        return flat.layers().stream()
                .map(layer -> new ModelInspection.Layer(
                        layer.name(),
                        layer.fileClassName(),
                        store.flatMap(from -> attempt(() -> from.claim(layer)))
                                .map(claimed -> OptionalLong.of(claimed.stream()
                                        .mapToLong(weight -> weight.shape().valueCount())
                                        .sum()))
                                .orElse(OptionalLong.empty()),
                        LayerParsers.parse(layer, customLayers, new Problems(origin.source()))
                                .map(LayerParsers.ParsedLayer::config)))
                .toList();
    }

    private static <T> Optional<T> attempt(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (ModelException e) {
            return Optional.empty();
        }
    }

    /** The major version of Keras that wrote the file; as in Keras, a file that does not say is of Keras 1. */
    int majorVersion() {
        return majorVersion(origin);
    }

    static int majorVersion(ModelOrigin origin) {
        return origin.kerasVersion().map(ModelFile::majorVersion).orElse(1);
    }

    static int majorVersion(String version) {
        return version.charAt(0) - '0';
    }

    /** Refuses a version that was not known when this was written. */
    static void checkVersion(ModelSource source, String version) {
        if (!version.matches("[123](\\..*)?")) {
            throw new InvalidModelException(
                    source.name(),
                    "keras_version must be 1, 2 or 3; received '" + version + "'. A newer Atelier may read the file");
        }
    }
}
