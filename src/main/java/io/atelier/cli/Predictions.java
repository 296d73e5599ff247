package io.atelier.cli;

import io.atelier.classify.ImageClassifier;
import io.atelier.classify.InvalidImageException;
import io.atelier.classify.Labels;
import io.atelier.classify.Prediction;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** Writes what a model makes of images, one after the other. */
interface Predictions {
    /**
     * An image's most likely label.
     *
     * @param label its name for people
     * @param probability from 0 to 1
     */
    record Score(String label, float probability) {}

    /** How many labels to name. */
    int top();

    void add(Path image, List<Score> scores, PrintWriter out);

    void addError(Path image, String message, PrintWriter out);

    void end(PrintWriter out);

    /** Classifies image by image, so that one that cannot be does not keep the others from it. */
    static <L> int run(ImageClassifier<L> classifier, List<Path> images, Predictions predictions, CommandLine command) {
        int exitCode = ExitCode.OK;
        for (Path image : images) {
            try {
                predictions.add(image, scores(classifier.classify(image), predictions.top()), command.getOut());
            } catch (InvalidImageException e) {
                exitCode = ExitCode.UNREADABLE;
                command.getOut().flush();
                String message = Text.printable(String.valueOf(e.getMessage()));
                command.getErr().println("atelier: " + message);
                command.getErr().flush();
                predictions.addError(image, message, command.getOut());
            }
        }
        predictions.end(command.getOut());
        return exitCode;
    }

    private static <L> List<Score> scores(Prediction<L> prediction, int top) {
        Labels<L> labels = prediction.labels();
        return prediction.ranked().stream()
                .limit(top)
                .map(score -> new Score(labels.displayName(score.item()), score.probability()))
                .toList();
    }
}
