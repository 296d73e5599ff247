package io.atelier.cli;

import io.atelier.keras.KerasModel;
import io.atelier.keras.io.KerasReader;
import io.atelier.keras.io.ModelInspection;
import io.atelier.keras.io.ReadOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which model a command works on: one file, or an architecture and its weights. */
final class ModelArguments {
    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "A .keras or .h5 file, or with --weights the JSON of model.to_json().")
    @SuppressWarnings("NullAway.Init") // required
    private Path file;

    @Option(
            names = "--weights",
            paramLabel = "WEIGHTS",
            description = "The file that model.save_weights wrote, where FILE has none or others.")
    private Optional<Path> weights = Optional.empty();

    Path file() {
        return file;
    }

    ModelInspection inspect() {
        return weights.map(path -> KerasReader.inspect(file, path, ReadOptions.DEFAULT))
                .orElseGet(() -> KerasReader.inspect(file, ReadOptions.DEFAULT));
    }

    /** Reads the model for a command that only predicts. */
    KerasModel read() {
        return read(ReadOptions.DEFAULT.withoutOptimizerState());
    }

    KerasModel read(ReadOptions options) {
        return weights.map(path -> KerasReader.read(file, path, options))
                .orElseGet(() -> KerasReader.read(file, options));
    }
}
