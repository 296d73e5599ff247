package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.KerasModel;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Reads a Keras model from a file that Python saved: {@code .h5} of Keras 1, 2 and 3, {@code .keras} of Keras 2 and 3, or
 * an architecture and its weights in two files. The formats are told apart by content, never by name.
 *
 * <p>A file is untrusted input: nothing in it is executed, nothing is written to disk, and sizes are checked before they
 * are allocated. All methods throw {@link InvalidModelException} if the source is missing, damaged or no model, and
 * {@link io.atelier.keras.UnsupportedModelException} if it is a model with layers or options that Atelier does not
 * handle; the message names all of them. Thread-safe.
 */
public final class KerasReader {
    private KerasReader() {}

    /** Reads a file, with the default options. */
    public static KerasModel read(Path file) {
        return read(file, ReadOptions.DEFAULT);
    }

    /** Reads a file. */
    public static KerasModel read(Path file, ReadOptions options) {
        return whole(ModelSource.of(file), options);
    }

    /**
     * Reads a model of which one file has the architecture and another the weights, with the default options; see
     * {@link #read(Path, Path, ReadOptions)}.
     */
    public static KerasModel read(Path architecture, Path weights) {
        return read(architecture, weights, ReadOptions.DEFAULT);
    }

    /**
     * Reads a model of which one file has the architecture and another the weights.
     *
     * <p>Weights are matched by the names of layers. Only if no name is the same in both files, they are matched by
     * order, which is logged as a warning. In either case every shape must fit, and no weight may be missing or left.
     *
     * @param architecture what {@code model.to_json()} gives, or a whole model, whose own weights are then not read
     * @param weights what {@code model.save_weights} writes, or a whole model
     */
    public static KerasModel read(Path architecture, Path weights, ReadOptions options) {
        return joined(ModelSource.of(architecture), ModelSource.of(weights), options);
    }

    /** Reads a stream to its end, with the default options; the stream is not closed. */
    public static KerasModel read(InputStream stream) {
        return read(stream, ReadOptions.DEFAULT);
    }

    /** Reads a stream to its end; the stream is not closed. */
    public static KerasModel read(InputStream stream, ReadOptions options) {
        return whole(ModelSource.of(stream, "<stream>", options.limits()), options);
    }

    /** Reads an architecture and its weights as {@link #read(Path, Path, ReadOptions)} does; no stream is closed. */
    public static KerasModel read(InputStream architecture, InputStream weights, ReadOptions options) {
        return joined(
                ModelSource.of(architecture, "<architecture>", options.limits()),
                ModelSource.of(weights, "<weights>", options.limits()),
                options);
    }

    /** Reads what a URL leads to, a resource of a jar for instance, with the default options. */
    public static KerasModel read(URL url) {
        return read(url, ReadOptions.DEFAULT);
    }

    /** Reads what a URL leads to, a resource of a jar for instance. */
    public static KerasModel read(URL url, ReadOptions options) {
        try (InputStream stream = url.openStream()) {
            return whole(ModelSource.of(stream, url.toString(), options.limits()), options);
        } catch (IOException e) {
            throw new InvalidModelException(url.toString(), "the URL cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Says what a file holds before anything is made of it: also for a model that {@link #read} would refuse.
     *
     * @throws InvalidModelException if the file is missing, damaged or no model
     */
    public static ModelInspection inspect(Path file, ReadOptions options) {
        return whole(ModelSource.of(file), options, model -> model.inspect(options));
    }

    /** As {@link #inspect(Path, ReadOptions)}, of an architecture and its weights. */
    public static ModelInspection inspect(Path architecture, Path weights, ReadOptions options) {
        return joined(ModelSource.of(architecture), ModelSource.of(weights), options, model -> model.inspect(options));
    }

    private static KerasModel whole(ModelSource source, ReadOptions options) {
        return whole(source, options, model -> model.toModel(options));
    }

    private static <T> T whole(ModelSource source, ReadOptions options, Function<ModelFile, T> use) {
        return switch (Container.of(source)) {
            case ZIP -> KerasArchive.read(source, options.limits(), use);
            case HDF5 -> H5Model.read(source, options.limits(), use);
            case JSON -> use.apply(JsonModel.read(source, options.limits()));
        };
    }

    private static KerasModel joined(ModelSource architecture, ModelSource weights, ReadOptions options) {
        return joined(architecture, weights, options, model -> model.toModel(options));
    }

    private static <T> T joined(
            ModelSource architecture, ModelSource weights, ReadOptions options, Function<ModelFile, T> use) {
        ModelFile model = architecture(architecture, options.limits());
        try (WeightsFile file = WeightsFile.open(weights, options.limits())) {
            return use.apply(file.under(model));
        }
    }

    private static ModelFile architecture(ModelSource source, ImportLimits limits) {
        return switch (Container.of(source)) {
            case ZIP -> KerasArchive.architecture(source, limits);
            case HDF5 -> H5Model.architecture(source, limits);
            case JSON -> JsonModel.read(source, limits);
        };
    }
}
