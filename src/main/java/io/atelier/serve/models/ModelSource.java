package io.atelier.serve.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the list of models comes from; asked again and again while a server runs, so that models may come and go.
 *
 * <p>Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface ModelSource {
    /**
     * The models there are now.
     *
     * @throws ModelSourceException if that cannot be told; what was there before then stays
     */
    ModelList models();

    /** These models and no others. */
    static ModelSource of(ModelSpec... specs) {
        ModelList all = new ModelList(List.of(specs));
        return () -> all;
    }

    /**
     * The models of several sources.
     *
     * @return a source that throws {@link ModelSourceException} if two of them have a model of one name and version, or give
     *     one label to two versions
     */
    static ModelSource joined(List<ModelSource> sources) {
        List<ModelSource> all = List.copyOf(sources);
        return () -> {
            Map<ModelKey, ModelSpec> specs = new LinkedHashMap<>();
            Map<VersionLabel, Long> labels = new HashMap<>();
            for (ModelSource source : all) {
                ModelList models = source.models();
                for (ModelSpec spec : models.specs()) {
                    ModelSpec other = specs.put(spec.key(), spec);
                    if (other != null) {
                        throw new ModelSourceException(
                                spec.file().toString(),
                                "its name and version, " + spec.key() + ", are those of " + other.file()
                                        + "; give one another name",
                                null);
                    }
                }
                models.labels().forEach((label, version) -> {
                    Long other = labels.put(label, version);
                    if (other != null) {
                        throw new ModelSourceException(
                                "models",
                                "the label " + label + " is given to the versions " + other + " and " + version
                                        + "; remove one",
                                null);
                    }
                });
            }
            return new ModelList(List.copyOf(specs.values()), labels);
        };
    }

    /**
     * What a path leads to: a config file ({@code .yaml}, {@code .yml} or {@code .json}, see {@link ConfigFile}), a folder of
     * {@code name/version/model.keras}, or a model file, which is named by {@link #nameOf} and has version 1.
     */
    static ModelSource of(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) {
            return new ConfigFile(path);
        }
        return Files.isDirectory(path)
                ? new VersionFolders(path)
                : of(new ModelSpec(new ModelKey(nameOf(path), 1), path));
    }

    /** A model file's name without its ending, or its folder's if that says only {@code model}. */
    static String nameOf(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        String stem = String.valueOf(absolute.getFileName()).replaceFirst("\\.[^.]*$", "");
        Path folder = absolute.getParent();
        String name = stem.equals("model") && folder != null && folder.getFileName() != null
                ? String.valueOf(folder.getFileName())
                : stem;
        String allowed = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return allowed.isEmpty() ? "model" : allowed;
    }
}
