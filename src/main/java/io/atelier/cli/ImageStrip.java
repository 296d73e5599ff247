package io.atelier.cli;

import io.atelier.classify.ImageClassifier;
import io.atelier.classify.ImageInput;
import io.atelier.classify.Prediction;
import io.atelier.data.ImageFolder;
import io.atelier.keras.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A folder of labelled images with what a model makes of them: some as pictures side by side, all as an accuracy.
 *
 * @param <L> the type of a label
 */
final class ImageStrip<L> {
    private static final int MOST_PICTURES = 3;
    private static final String GAP = "  ";

    private final ImageClassifier<L> classifier;
    private final List<ImageFolder.LabelledFile> files;
    private final List<Prediction<L>> predictions;

    ImageStrip(ImageClassifier<L> classifier, Path folder) {
        this.classifier = classifier;
        this.files = ImageFolder.read(folder).files();
        this.predictions = classifier.classifyFiles(
                files.stream().map(ImageFolder.LabelledFile::path).toList());
    }

    /** Pictures as the model sees them, as many as fit; under each the label that the model gives. */
    List<String> lines(Terminal terminal) {
        Picture first = picture(0);
        int fitting = terminal.isTerminal()
                ? Math.max(1, (terminal.columns() + GAP.length()) / (first.width() + GAP.length()))
                : MOST_PICTURES;
        int most = Math.min(MOST_PICTURES, files.size());
        int[] chosen = IntStream.range(0, most)
                .limit(fitting)
                .map(i -> i * files.size() / most)
                .toArray();
        List<String> lines = new ArrayList<>();
        for (int i : chosen) {
            append(lines, picture(i).lines(terminal.colours()));
        }
        List<String> captions = new ArrayList<>();
        for (int i : chosen) {
            append(captions, List.of(pad(predictions.get(i).toString(), first.width())));
        }
        lines.addAll(captions);
        return lines.stream().map(String::stripTrailing).toList();
    }

    /** How many of all images got their true label, and which did not. */
    String accuracy() {
        List<Integer> wrong = IntStream.range(0, files.size())
                .filter(i -> !isRight(i))
                .boxed()
                .toList();
        int right = files.size() - wrong.size();
        StringBuilder text = new StringBuilder(right + " of " + files.size() + " images get their true label ("
                + Text.percent((double) right / files.size()) + ")");
        for (int i : wrong) {
            text.append("\n  ")
                    .append(files.get(i).path().getFileName())
                    .append(" is taken for ")
                    .append(predictions.get(i));
        }
        return text.toString();
    }

    private boolean isRight(int index) {
        return classifier
                .labels()
                .find(files.get(index).label())
                .filter(predictions.get(index).item()::equals)
                .isPresent();
    }

    private Picture picture(int index) {
        Tensor tensor =
                classifier.preprocess(new ImageInput.File(files.get(index).path()));
        return Picture.of(tensor.shape().size(1), tensor.shape().size(2), tensor.toArray());
    }

    private static void append(List<String> lines, List<String> more) {
        for (int i = 0; i < more.size(); i++) {
            if (i == lines.size()) {
                lines.add(more.get(i));
            } else {
                lines.set(i, lines.get(i) + GAP + more.get(i));
            }
        }
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
