package io.atelier.evaluate;

import io.atelier.data.SkippedImage;
import java.util.Locale;

/** An evaluation as text. */
final class EvaluationText {
    private static final int DIGITS = 4;
    private static final int MISTAKES = 10;

    private EvaluationText() {}

    static String of(Evaluation evaluation) {
        StringBuilder text = new StringBuilder();
        text.append(line(
                "%s: %,d of %,d images right, accuracy %.4f%s, loss %.4f",
                evaluation.source(),
                evaluation.confusion().correct(),
                evaluation.count(),
                evaluation.accuracy(),
                top(evaluation),
                evaluation.loss()));
        text.append('\n').append(evaluation.report().toText(DIGITS));
        text.append("\nConfusion matrix (a row a true label, a column a predicted one)\n");
        text.append(evaluation.confusion().toText()).append('\n');
        if (!evaluation.mistakes().isEmpty()) {
            text.append("\nMost confident mistakes\n");
            evaluation.mistakes().stream()
                    .limit(MISTAKES)
                    .forEach(mistake -> text.append(line(
                            "  %s: %s taken for %s (%s)",
                            mistake.image(), mistake.actual(), mistake.predicted(), percent(mistake.confidence()))));
        }
        if (evaluation.skippedCount() > 0) {
            text.append(line("%n%,d images could not be read and were skipped", evaluation.skippedCount()));
            for (SkippedImage image : evaluation.skipped()) {
                text.append("  ").append(image.reason()).append('\n');
            }
            long more = evaluation.skippedCount() - evaluation.skipped().size();
            text.append(more > 0 ? line("  and %,d more", more) : "");
        }
        return text.toString();
    }

    private static String top(Evaluation evaluation) {
        int classes = evaluation.confusion().labels().size();
        return (classes > 3 ? String.format(Locale.ROOT, ", top 3 %.4f", evaluation.topAccuracy(3)) : "")
                + (classes > 5 ? String.format(Locale.ROOT, ", top 5 %.4f", evaluation.topAccuracy(5)) : "");
    }

    /** A share with one decimal, rounded, but 100 % means all: {@code 97.3 %}. */
    static String percent(double share) {
        long thousandths = Math.min(Math.round(share * 1000), share < 1 ? 999 : 1000);
        return String.format(Locale.ROOT, "%.1f %%", thousandths / 10.0);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format.replace("%n", "\n"), values) + '\n';
    }
}
