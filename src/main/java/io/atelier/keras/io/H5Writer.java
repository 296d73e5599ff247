package io.atelier.keras.io;

import io.atelier.files.NewFile;
import io.atelier.hdf5.Hdf5File;
import io.atelier.hdf5.Hdf5Group;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.KerasModel.Kind;
import io.atelier.keras.Problem;
import io.atelier.keras.Tensor;
import io.atelier.keras.TrainingConfig;
import io.atelier.keras.WeightRef;
import io.atelier.keras.io.OptimizerVariables.Variable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a whole-model {@code .h5} as Keras 3 does.
 *
 * <p>Source: keras/src/legacy/saving/legacy_h5_format.py.
 */
final class H5Writer {
    /** Where Keras has what may stand in a graph and is no layer. */
    private static final String OPERATIONS = "keras.src.ops";

    private static final String NAMES = "weight_names";

    private final SavedModel saved;
    private final KerasModel model;
    private final Hdf5Group root = new Hdf5Group();
    private final Set<WeightRef> trainable;

    private H5Writer(SavedModel saved) {
        this.saved = saved;
        this.model = saved.model();
        this.trainable = new HashSet<>(model.trainableWeights());
    }

    /** What is to be written, by a writer that may be run when a file is open. */
    static NewFile.Content content(SavedModel saved) {
        H5Writer writer = new H5Writer(saved);
        Map<String, @Nullable Object> config = writer.config();
        return out -> writer.write(config, out);
    }

    private void write(Map<String, @Nullable Object> config, OutputStream out) throws IOException {
        putOrigin(root);
        root.putText("model_config", Json.text(config));
        model.trainingConfig()
                .ifPresent(training ->
                        root.putText("training_config", Json.text(CompileConfigs.inH5(training, saved.isOld()))));
        putWeights(root.group(H5Model.WEIGHTS));
        model.trainingConfig().ifPresent(this::putOptimizer);
        Hdf5File.write(root, out);
    }

    private void putOrigin(Hdf5Group group) {
        group.putText("keras_version", KerasWriter.KERAS_VERSION);
        group.putText(
                "backend",
                model.origin().backend().filter(name -> !saved.isOld()).orElse("tensorflow"));
    }

    /** @throws UnsupportedModelException if Keras would read a layer as another one than was written */
    private Map<String, @Nullable Object> config() {
        Problems problems = new Problems(model.origin().source());
        Map<String, @Nullable Object> config = LayerTree.map(saved.config(), (name, layer) -> {
            if (String.valueOf(layer.get("module")).startsWith(OPERATIONS)) {
                problems.unsupported(Problem.ofLayer(
                        name,
                        String.valueOf(layer.get("class_name")),
                        "of an .h5, Keras 3 reads layers only, and this is an operation. Write a .keras file"));
            }
            Object axis = LayerTree.object(layer.get("config")).getOrDefault("axis", 0);
            if (!(axis instanceof Number) && !(axis instanceof List<?> axes && axes.size() == 1)) {
                problems.unsupported(Problem.ofLayer(
                        name,
                        String.valueOf(layer.get("class_name")),
                        "of an .h5, Keras 3 reads the option axis only if it is one number; received " + axis
                                + ". Write a .keras file"));
            }
            Map<String, @Nullable Object> brief = withoutDefaultScoreMode(ClassPaths.inH5(layer));
            return LayerTree.isModel(brief) ? CommonDialect.calls(brief) : CommonDialect.layer(brief);
        });
        problems.throwIfAny();
        return CommonDialect.calls(ClassPaths.inH5(config));
    }

    /** Of an {@code .h5}, Keras 3 takes the text of this option for a function's name. */
    private static Map<String, @Nullable Object> withoutDefaultScoreMode(Map<String, @Nullable Object> layer) {
        Map<String, @Nullable Object> config = LayerTree.object(layer.get("config"));
        if (config.remove("score_mode", "dot")) {
            layer.put("config", config);
        }
        return layer;
    }

    private void putWeights(Hdf5Group weights) {
        putOrigin(weights);
        List<String> names = new ArrayList<>();
        for (LayerEntry entry : saved.tree().layers()) {
            boolean isListed =
                    saved.tree().kind() == Kind.FUNCTIONAL || !entry.className().equals("InputLayer");
            if (isListed) {
                names.add(entry.name());
                put(weights.group(entry.name()), weightsOf(entry));
            }
        }
        weights.putTexts("layer_names", names);
        weights.group("top_level_model_weights");
    }

    /** The weights of a layer, or of all layers in a nested model: first those that are trained, then all others. */
    private List<WeightRef> weightsOf(LayerEntry entry) {
        List<WeightRef> weights = saved.flat().layers().stream()
                .map(LayerEntry::name)
                .filter(name ->
                        entry.nested().isPresent() ? name.startsWith(entry.name() + "/") : name.equals(entry.name()))
                .flatMap(name ->
                        model.layer(name).weights().keySet().stream().map(weight -> new WeightRef(name, weight)))
                .toList();
        List<WeightRef> ordered = new ArrayList<>(weights);
        ordered.removeIf(weight -> !trainable.contains(weight));
        weights.stream().filter(weight -> !trainable.contains(weight)).forEach(ordered::add);
        return ordered;
    }

    private void put(Hdf5Group group, List<WeightRef> weights) {
        for (WeightRef weight : weights) {
            KerasLayer layer = model.layer(weight.layer());
            put(group, weight.toString(), weight.weight(), layer.weight(weight.weight()));
        }
        putNames(group, weights.stream().map(WeightRef::toString).toList());
    }

    private static void put(Hdf5Group group, String path, String name, Tensor tensor) {
        if (name.equals("count") && tensor.shape().rank() == 0) {
            group.putLong(path, (long) tensor.get(0));
        } else {
            OptimizerVariables.put(group, path, tensor);
        }
    }

    private static void putNames(Hdf5Group group, List<String> names) {
        if (!names.isEmpty()) {
            group.putTexts(NAMES, names);
        }
    }

    private void putOptimizer(TrainingConfig training) {
        OptimizerVariables.of(model).ifPresent(variables -> {
            Hdf5Group group = root.group(H5Model.OPTIMIZER);
            String prefix = training.optimizer().orElse("optimizer").toLowerCase(Locale.ROOT) + "/";
            List<String> names = new ArrayList<>(List.of(prefix + "iteration"));
            group.putLong(names.get(0), variables.iterations());
            for (Variable variable : variables.others()) {
                names.add(prefix + variable.name());
                OptimizerVariables.put(group, prefix + variable.name(), variable.values());
            }
            putNames(group, names);
        });
    }
}
