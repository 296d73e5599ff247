package io.atelier.cli;

import io.atelier.data.Dataset;
import io.atelier.data.Unreadable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option {@code --data}, and what is done about images of it that cannot be read. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DATA",
            required = true,
            description = "Labelled images: a folder with a subfolder a label, or IDX files as IMAGES,LABELS; without"
                    + " LABELS, the file that is called like IMAGES, with 'labels-idx1' for 'images-idx3'.")
    @SuppressWarnings("NullAway.Init") // required
    private String data;

    @Option(
            names = "--unreadable",
            paramLabel = "WHAT",
            defaultValue = "skip",
            converter = Words.Choices.class,
            completionCandidates = Words.Choices.class,
            description =
                    "What to do about images that cannot be read: skip and list them, or refuse the data (default:"
                            + " ${DEFAULT-VALUE}).")
    private Unreadable unreadable = Unreadable.SKIP;

    /**
     * The images.
     *
     * @param classNames what the labels in an IDX file stand for, from 0; a folder tells that itself; none for their numbers
     * @throws io.atelier.data.InvalidDataException if they are missing or damaged
     */
    Dataset read(List<String> classNames) {
        Path path = Path.of(data);
        if (Files.isDirectory(path)) {
            return Dataset.ofFolder(path);
        }
        int comma = data.lastIndexOf(',');
        if (comma >= 0 && !Files.exists(path)) {
            return idx(Path.of(data.substring(0, comma)), Path.of(data.substring(comma + 1)), classNames);
        }
        return idx(path, labelsOf(path), classNames);
    }

    private static Dataset idx(Path images, Path labels, List<String> classNames) {
        return classNames.isEmpty() ? Dataset.ofIdx(images, labels) : Dataset.ofIdx(images, labels, classNames);
    }

    private static Path labelsOf(Path images) {
        if (!Files.exists(images)) {
            throw CommandException.unreadable(
                    images + ": there is no such file or folder; expected a folder of images, or IDX files");
        }
        String name = String.valueOf(images.getFileName());
        Path labels = images.resolveSibling(name.replace("images", "labels").replace("idx3", "idx1"));
        if (labels.equals(images) || !Files.exists(labels)) {
            throw CommandException.unreadable(
                    images + ": the file of labels that belongs to it is not beside it; give it as IMAGES,LABELS");
        }
        return labels;
    }

    Unreadable unreadable() {
        return unreadable;
    }
}
