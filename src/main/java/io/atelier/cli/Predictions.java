package io.atelier.cli;

import io.atelier.classify.ImageClassifier;
import io.atelier.classify.InvalidImageException;
import io.atelier.classify.Labels;
import io.atelier.classify.Prediction;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

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
    static <L> int run(ImageClassifier<L> classifier, List<Path> images, Predictions predictions, Console console) {
        int exitCode = ExitCode.OK;
        for (Path image : images) {
            try {
                predictions.add(image, scores(classifier.classify(image), predictions.top()), console.out());
            } catch (InvalidImageException e) {
                exitCode = ExitCode.UNREADABLE;
                console.out().flush();
                String message = Text.printable(String.valueOf(e.getMessage()));
                console.say(message);
                predictions.addError(image, message, console.out());
            }
        }
        predictions.end(console.out());
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
