package io.atelier.serve.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of a folder {@code name/version/file}, as TensorFlow Serving lays them out: the version is a number, and its
 * folder holds one {@code .keras}, {@code .h5} or {@code .hdf5} file. Versions have no labels.
 *
 * <p>A version's folder that holds no model file yet is one that is being written: it is left out and logged.
 */
final class VersionFolders implements ModelSource {
    private static final Logger LOG = LoggerFactory.getLogger(VersionFolders.class);

    private final Path folder;

    VersionFolders(Path folder) {
        this.folder = folder;
    }

    @Override
    public ModelList models() {
        List<ModelSpec> specs = new ArrayList<>();
        for (Path model : folders(folder)) {
            for (Path version : folders(model)) {
                String number = name(version);
                if (number.matches("\\d{1,18}")) {
                    add(specs, model, version, Long.parseLong(number));
                } else {
                    LOG.debug("{} is no version: its name is no number", version);
                }
            }
        }
        return new ModelList(specs);
    }

    private void add(List<ModelSpec> specs, Path model, Path folderOfVersion, long version) {
        List<Path> files = children(folderOfVersion).stream()
                .filter(file -> name(file).toLowerCase(Locale.ROOT).matches(".*\\.(keras|h5|hdf5)")
                        && Files.isRegularFile(file))
                .toList();
        if (files.isEmpty()) {
            LOG.debug("{} holds no model file yet", folderOfVersion);
            return;
        }
        if (files.size() > 1) {
            throw new ModelSourceException(
                    folderOfVersion.toString(),
                    "expected one model file; received " + files.size() + "; remove all but one",
                    null);
        }
        try {
            specs.add(new ModelSpec(new ModelKey(name(model), version), files.get(0)));
        } catch (IllegalArgumentException e) {
            throw new ModelSourceException(model.toString(), e.getMessage() + "; rename the folder", e);
        }
    }

    private List<Path> folders(Path parent) {
        return children(parent).stream()
                .filter(path -> Files.isDirectory(path) && !name(path).startsWith("."))
                .toList();
    }

    private List<Path> children(Path parent) {
        try (Stream<Path> all = Files.list(parent)) {
            return all.sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ModelSourceException(folder.toString(), "the folder cannot be read (" + e + ")", e);
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
