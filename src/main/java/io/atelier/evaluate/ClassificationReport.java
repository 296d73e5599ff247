package io.atelier.evaluate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Precision, recall and F1 score of each label, and their averages. Immutable and thread-safe.
 *
 * <p>Where nothing was predicted, or there is no image, a score that would divide by zero is 0, as scikit-learn's is.
 *
 * @param labels a row each, in the order of the labels
 * @param accuracy the share of images that were taken for what they are
 * @param macro the mean of the labels' scores
 * @param weighted the mean of the labels' scores, weighted by their numbers of images
 */
public record ClassificationReport(List<Scores> labels, double accuracy, Scores macro, Scores weighted) {
    private static final String ACCURACY = "accuracy";
    private static final String MACRO = "macro avg";
    private static final String WEIGHTED = "weighted avg";

    /**
     * The scores of a label, or an average.
     *
     * @param name of the label, or of the average
     * @param precision of the images taken for the label, the share that are of it, from 0 to 1
     * @param recall of the images of the label, the share that were taken for it, from 0 to 1
     * @param f1 the harmonic mean of both
     * @param support the number of images of the label
     */
    public record Scores(String name, double precision, double recall, double f1, long support) {}

    public ClassificationReport {
        labels = List.copyOf(labels);
    }

    /** The report that follows from a confusion matrix. */
    public static ClassificationReport of(ConfusionMatrix matrix) {
        List<Scores> labels = IntStream.range(0, matrix.labels().size())
                .mapToObj(label -> scores(matrix, label))
                .toList();
        return new ClassificationReport(
                labels,
                matrix.accuracy(),
                average(MACRO, labels, matrix.total(), scores -> 1),
                average(WEIGHTED, labels, matrix.total(), Scores::support));
    }

    private static Scores scores(ConfusionMatrix matrix, int label) {
        long right = matrix.count(label, label);
        long predicted = matrix.predicted(label);
        long support = matrix.support(label);
        return new Scores(
                matrix.labels().get(label),
                ratio(right, predicted),
                ratio(right, support),
                ratio(2 * right, predicted + support),
                support);
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    private static Scores average(String name, List<Scores> labels, long total, ToDoubleFunction<Scores> weight) {
        return new Scores(
                name,
                average(labels, weight, Scores::precision),
                average(labels, weight, Scores::recall),
                average(labels, weight, Scores::f1),
                total);
    }

    private static double average(
            List<Scores> labels, ToDoubleFunction<Scores> weight, ToDoubleFunction<Scores> score) {
        double sum = 0;
        double weights = 0;
        for (Scores scores : labels) {
            sum += weight.applyAsDouble(scores) * score.applyAsDouble(scores);
            weights += weight.applyAsDouble(scores);
        }
        return ratio(sum, weights);
    }

    /**
     * The report as {@code sklearn.metrics.classification_report} prints it.
     *
     * @param digits behind the point; scikit-learn's default is 2
     */
    public String toText(int digits) {
        int width = Math.max(digits, WEIGHTED.length());
        for (Scores scores : labels) {
            width = Math.max(
                    width, scores.name().codePointCount(0, scores.name().length()));
        }
        StringBuilder text = new StringBuilder(" ".repeat(width) + " ");
        for (String header : List.of("precision", "recall", "f1-score", "support")) {
            text.append(' ').append(right(header, 9));
        }
        text.append("\n\n");
        for (Scores scores : labels) {
            append(text, scores, width, digits);
        }
        text.append('\n').append(right(ACCURACY, width)).append(" ".repeat(21));
        text.append(' ').append(right(rounded(accuracy, digits), 9));
        text.append(' ').append(right(String.valueOf(macro.support()), 9)).append('\n');
        append(text, macro, width, digits);
        append(text, weighted, width, digits);
        return text.toString();
    }

    private static void append(StringBuilder text, Scores scores, int width, int digits) {
        text.append(right(scores.name(), width)).append(' ');
        for (double score : new double[] {scores.precision(), scores.recall(), scores.f1()}) {
            text.append(' ').append(right(rounded(score, digits), 9));
        }
        text.append(' ').append(right(String.valueOf(scores.support()), 9)).append('\n');
    }

    /** Python rounds the binary number itself, half to even; Java's formats round its shortest decimal. */
    private static String rounded(double value, int digits) {
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.codePointCount(0, text.length()))) + text;
    }
}
