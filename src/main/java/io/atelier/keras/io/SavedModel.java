package io.atelier.keras.io;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.MaskedTensors;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.Problem;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.keras.layer.CustomLayer;
import io.atelier.keras.layer.TimeDistributed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model in the terms of Keras 3, ready to be written: the config, and what is found in it when it is read again.
 *
 * @param config as an archive has it, without how the model was compiled
 * @param tree the layers of the config, of which some may be models
 * @param flat the same with the layers of nested models in their place
 */
record SavedModel(KerasModel model, Map<String, @Nullable Object> config, ModelGraph tree, ModelGraph flat) {
    /**
     * The model that is to be written.
     *
     * @throws UnsupportedModelException if Keras 3 cannot express the model, or it is not known how; every layer that
     *     stands in the way is named
     */
    static SavedModel of(KerasModel model) {
        if (model.architecture().isEmpty()) {
            throw refusal(
                    model,
                    Problem.ofFile("the model was put together by a program, and only models that were read from a file"
                            + " can be written; change one that was read with withLayers"));
        }
        Map<String, @Nullable Object> config = ModelFile.majorVersion(model.origin()) < 3
                ? OldArchitecture.inKeras3(model)
                : LayerTree.map(
                        ClassPaths.inArchive(model.architecture()), (name, layer) -> ClassPaths.inArchive(layer));
        config.remove("compile_config");
        config.keySet().removeAll(List.of("keras_version", "backend"));
        SavedModel saved = read(model, config);
        saved = read(model, new LayerChanges(model, saved.entries()).applyTo(config));
        saved.check();
        return saved;
    }

    private static SavedModel read(KerasModel model, Map<String, @Nullable Object> config) {
        ModelOrigin origin =
                new ModelOrigin(model.origin().source(), ModelOrigin.Format.KERAS, Optional.of("3"), Optional.empty());
        Problems problems = new Problems(origin.source());
        ModelGraph tree = new ModelConfigParser(origin, ImportLimits.DEFAULT, problems).parse(config);
        problems.throwIfAny();
        return new SavedModel(
                model, config, tree, ModelInliner.inline(tree, origin.source(), ImportLimits.DEFAULT.maxLayers()));
    }

    /** Whether the model is of Keras 1 or 2. */
    boolean isOld() {
        return ModelFile.majorVersion(model.origin()) < 3;
    }

    /** The layers by their names among those of the whole model. */
    private Map<String, LayerEntry> entries() {
        Map<String, LayerEntry> entries = new LinkedHashMap<>();
        flat.layers().forEach(entry -> entries.put(entry.name(), entry));
        return entries;
    }

    /** What is read again must be what the model is: whatever was changed, or is of an old Keras, cannot be lost then. */
    private void check() {
        List<Problem> problems = new ArrayList<>();
        Map<String, LayerEntry> entries = entries();
        for (KerasLayer layer : model.layers()) {
            LayerEntry entry = entries.remove(layer.name());
            if (entry == null || !isSame(layer, entry)) {
                problems.add(Problem.ofLayer(
                        layer.name(),
                        layer.className(),
                        "Keras 3 has no such layer, or it was replaced by one that is not written: " + layer.config()));
            }
        }
        entries.values()
                .forEach(entry -> problems.add(Problem.ofLayer(
                        entry.name(), entry.className(), "the model does not have the layer any more")));
        if (problems.isEmpty()
                && !(CallOrder.of(flat.layers(), new Problems(model.origin().source()))
                                .equals(model.calls())
                        && flat.inputs().equals(model.inputs())
                        && flat.outputs().equals(model.outputs()))) {
            problems.add(Problem.ofFile("the connections of its layers were changed, which cannot be written"));
        }
        if (isOld()) {
            problems.addAll(masks());
        }
        if (!problems.isEmpty()) {
            throw new UnsupportedModelException(model.origin().source(), problems);
        }
    }

    /** Of several tensors with masks, Keras 3 makes another mask than Keras 2. */
    private List<Problem> masks() {
        MaskedTensors masked = new MaskedTensors(model);
        return model.calls().stream()
                .filter(masked::reaches)
                .filter(call ->
                        call.inputs().size() > 1 || model.layer(call.layer()).config() instanceof TimeDistributed)
                .map(call -> model.layer(call.layer()))
                .distinct()
                .map(layer -> Problem.ofLayer(
                        layer.name(),
                        layer.className(),
                        "takes masks, which Keras 3 hands on otherwise than Keras 2; build the model again in Keras 3,"
                                + " and load its weights"))
                .toList();
    }

    private static boolean isSame(KerasLayer layer, LayerEntry entry) {
        if (layer.config() instanceof CustomLayer) {
            return true;
        }
        return LayerParsers.parse(entry, CustomLayers.NONE, new Problems(""))
                .filter(parsed -> parsed.config().equals(layer.config())
                        && (layer.weights().isEmpty() || parsed.trainable() == layer.trainable()))
                .isPresent();
    }

    static UnsupportedModelException refusal(KerasModel model, Problem problem) {
        return new UnsupportedModelException(model.origin().source(), problem);
    }
}
