package io.atelier.keras.io;

import io.atelier.hdf5.Hdf5File;
import io.atelier.hdf5.Hdf5Group;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.io.OptimizerVariables.Variable;
import io.atelier.keras.layer.SpectralNormalization;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@code .keras} archive as Keras 3 does.
 *
 * <p>Source: keras/src/saving/saving_lib.py.
 */
final class ArchiveWriter {
    private final SavedModel saved;
    private final KerasModel model;
    private final Hdf5Group root = new Hdf5Group();

    private ArchiveWriter(SavedModel saved) {
        this.saved = saved;
        this.model = saved.model();
    }

    static void write(SavedModel saved, OutputStream out) throws IOException {
        new ArchiveWriter(saved).write(out);
    }

    private void write(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        // As Keras, which packs nothing: weights hardly get smaller.
        zip.setLevel(Deflater.NO_COMPRESSION);
        zip.putNextEntry(new ZipEntry(KerasArchive.METADATA));
        zip.write(Json.text(metadata()).getBytes(StandardCharsets.UTF_8));
        zip.putNextEntry(new ZipEntry(KerasArchive.CONFIG));
        zip.write(Json.text(config()).getBytes(StandardCharsets.UTF_8));
        zip.putNextEntry(new ZipEntry(KerasArchive.WEIGHTS));
        putWeights();
        putOptimizer();
        Hdf5File.write(root, zip);
        zip.finish();
    }

    private static Map<String, Object> metadata() {
        return Map.of("keras_version", KerasWriter.KERAS_VERSION, "date_saved", KerasWriter.now());
    }

    private Map<String, @Nullable Object> config() {
        Map<String, @Nullable Object> config = new LinkedHashMap<>(saved.config());
        model.trainingConfig()
                .ifPresent(training -> config.put("compile_config", CompileConfigs.inArchive(training, saved.isOld())));
        return config;
    }

    private void putWeights() {
        root.group("vars");
        Map<String, String> groups = ArchiveWeightStore.groups(saved.tree().layers());
        for (LayerEntry entry : saved.flat().layers()) {
            String group = Objects.requireNonNull(groups.get(entry.name()));
            root.group(group + "/vars")
                    .putText("name", entry.name().substring(entry.name().lastIndexOf('/') + 1));
            put(group, entry, model.layer(entry.name()));
        }
    }

    private void put(String group, LayerEntry entry, KerasLayer layer) {
        List<String> parts = LayerParts.of(entry.className(), entry.config());
        List<List<Map.Entry<String, Tensor>>> weights = divided(layer);
        if (layer.config() instanceof SpectralNormalization) {
            // The kernel of the layer within stands in front, as an attribute of the outer one.
            put(group + "/vars/0", weights.get(1).get(0));
            put(group + "/vars/1", weights.get(0).get(0));
            for (int i = 0; i < weights.get(1).size(); i++) {
                put(group + parts.get(1) + "/vars/" + i, weights.get(1).get(i));
            }
            return;
        }
        if (weights.size() > parts.size()) {
            throw new IllegalStateException("layer " + layer + " has weights in other parts than " + parts);
        }
        for (int part = 0; part < weights.size(); part++) {
            for (int i = 0; i < weights.get(part).size(); i++) {
                put(group + parts.get(part) + "/vars/" + i, weights.get(part).get(i));
            }
        }
    }

    /** The weights of each part of a layer, whose names begin alike: {@code query/kernel}, {@code query/bias}. */
    private static List<List<Map.Entry<String, Tensor>>> divided(KerasLayer layer) {
        List<List<Map.Entry<String, Tensor>>> parts = new ArrayList<>();
        Optional<String> last = Optional.empty();
        for (Map.Entry<String, Tensor> weight : layer.weights().entrySet()) {
            String name = weight.getKey();
            String part = layer.config() instanceof SpectralNormalization
                    ? String.valueOf(name.equals(SpectralNormalization.VECTOR_U))
                    : name.substring(0, name.lastIndexOf('/') + 1);
            if (!last.equals(Optional.of(part))) {
                parts.add(new ArrayList<>());
                last = Optional.of(part);
            }
            parts.get(parts.size() - 1).add(weight);
        }
        return parts;
    }

    private void put(String path, Map.Entry<String, Tensor> weight) {
        Tensor tensor = weight.getValue();
        if (weight.getKey().equals("count") && tensor.shape().rank() == 0) {
            root.putLong(path, (long) tensor.get(0));
        } else {
            OptimizerVariables.put(root, path, tensor);
        }
    }

    private void putOptimizer() {
        OptimizerVariables.of(model).ifPresent(variables -> {
            root.putLong("optimizer/vars/0", variables.iterations());
            int index = 1;
            for (Variable variable : variables.others()) {
                OptimizerVariables.put(root, "optimizer/vars/" + index++, variable.values());
            }
        });
    }
}
