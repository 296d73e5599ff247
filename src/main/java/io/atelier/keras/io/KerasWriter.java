package io.atelier.keras.io;

import io.atelier.files.NewFile;
import io.atelier.keras.KerasModel;
import io.atelier.keras.TrainingConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes a Keras model as a file that Python loads: a {@code .keras} archive, or a whole-model {@code .h5}, as Keras 3
 * writes them.
 *
 * <p>Every model that was read can be written, whichever Keras its file is of, with its weights, how it was compiled, and
 * what its optimizer remembers; changed are at most its weights, which of its layers are frozen, and the units, bias and
 * activation of its Dense layers ({@link KerasModel#withLayers}). Weights are written in 32 bits. Thread-safe.
 */
public final class KerasWriter {
    /** The release whose layout is written. */
    static final String KERAS_VERSION = "3.15.1";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd@HH:mm:ss", Locale.ROOT);

    private KerasWriter() {}

    /**
     * Writes a model; a file that is there already is replaced.
     *
     * <p>The file is written under a name of its own beside its place and then put there: nobody ever sees a part of it,
     * and if anything fails, what was there before is still there.
     *
     * @param file whose name ends in {@code .keras}, {@code .h5} or {@code .hdf5}
     * @return what of the model the file does not have, in sentences: empty, unless something about its training was not
     *     understood
     * @throws IllegalArgumentException if the name ends otherwise
     * @throws io.atelier.keras.UnsupportedModelException if the model was put together by a program, or has something
     *     that Keras 3 cannot express; the message names every layer concerned
     * @throws UncheckedIOException if the file cannot be written
     */
    public static List<String> write(KerasModel model, Path file) {
        return write(model, file, true);
    }

    /**
     * Writes a model as {@link #write(KerasModel, Path)} does.
     *
     * @param replace whether a file that is there already is replaced; else it is an error
     */
    public static List<String> write(KerasModel model, Path file, boolean replace) {
        boolean isArchive = isArchive(file);
        SavedModel saved = SavedModel.of(model);
        NewFile.Content content = isArchive ? out -> ArchiveWriter.write(saved, out) : H5Writer.content(saved);
        try {
            NewFile.write(file, replace, content, written -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + NewFile.reason(e), e);
        }
        return notes(model);
    }

    private static boolean isArchive(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (!name.matches(".*\\.(keras|h5|hdf5)")) {
            throw new IllegalArgumentException(
                    "the name of a model file ends in .keras, .h5 or .hdf5; received '" + file.getFileName() + "'");
        }
        return name.endsWith(".keras");
    }

    private static List<String> notes(KerasModel model) {
        List<String> notes = new ArrayList<>();
        Optional<TrainingConfig> training = model.trainingConfig();
        training.flatMap(TrainingConfig::optimizerStateProblem)
                .ifPresent(problem -> notes.add("what the optimizer remembers is not written: " + problem));
        if (training.flatMap(TrainingConfig::optimizerState).isPresent()
                && OptimizerVariables.of(model).isEmpty()) {
            notes.add("what the optimizer remembers is not written: it is of other weights than the model trains now");
        }
        return notes;
    }

    /** The present time as Keras writes it. */
    static String now() {
        return DATE.format(LocalDateTime.now(ZoneId.systemDefault()));
    }
}
