package io.atelier.cli;

import io.atelier.classify.FashionClassifier;
import io.atelier.classify.FashionItem;
import io.atelier.classify.Labels;
import io.atelier.keras.KerasModel;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option {@code --labels}, and what stands for it where it is not given. */
final class LabelsOption {
    private static final String FASHION = "fashion-mnist";

    @Option(
            names = "--labels",
            paramLabel = "LABELS",
            description = "A text file with a label a line, or " + FASHION + " (default: " + FASHION
                    + " for a model that takes images of 28 x 28 x 1 and gives ten values, which a model of digits does"
                    + " as well; else 'class 0', 'class 1', ...).")
    private Optional<String> labels = Optional.empty();

    boolean isFashion(KerasModel model) {
        return labels.map(FASHION::equals).orElseGet(() -> FashionClassifier.hasDatasetShapes(model));
    }

    /** The labels of the file, or numbers. */
    Labels<String> read(KerasModel model) {
        return given().orElseGet(() -> Labels.numbered(model));
    }

    /** The labels of the file; empty if none was given. */
    Optional<Labels<String>> given() {
        return labels.map(Path::of).map(LabelsOption::read);
    }

    /** The labels that the option says; empty if it is not there. */
    Optional<Labels<?>> explicit() {
        return labels.map(name -> name.equals(FASHION) ? Labels.ofEnum(FashionItem.class) : read(Path.of(name)));
    }

    private static Labels<String> read(Path file) {
        try {
            return Labels.read(file);
        } catch (UncheckedIOException e) {
            String reason = e.getCause() instanceof NoSuchFileException
                    ? file + ": there is no such file; expected a file of labels or " + FASHION
                    : Files.isDirectory(file) ? file + ": is a directory; expected a file of labels" : e.getMessage();
            throw CommandException.unreadable(String.valueOf(reason), e);
        } catch (IllegalArgumentException e) {
            throw CommandException.unreadable(e);
        }
    }
}
