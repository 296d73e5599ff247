package io.atelier.tune;

import io.atelier.data.SkippedImage;
import io.atelier.evaluate.EpochMetrics;
import io.atelier.evaluate.Evaluation;
import java.util.Locale;
import java.util.OptionalDouble;

/** A {@link TuningReport} for people. */
final class TuningText {
    private TuningText() {}

    static String of(TuningReport report) {
        StringBuilder text = new StringBuilder();
        int width = report.settings().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        report.settings().forEach((name, value) -> line(text, "%-" + (width + 2) + "s%s", name, value));
        text.append('\n');
        line(text, "%5s  %8s  %8s  %10s  %10s  %8s", "epoch", "loss", "accuracy", "val loss", "val acc.", "seconds");
        for (EpochMetrics epoch : report.epochs()) {
            line(
                    text,
                    "%5d  %8.4f  %8.4f  %10s  %10s  %8.1f",
                    epoch.epoch(),
                    epoch.loss(),
                    epoch.accuracy(),
                    number(epoch.validationLoss()),
                    number(epoch.validationAccuracy()),
                    epoch.time().toNanos() / 1e9);
        }
        line(text, "%nIt ended because %s.", report.stop().reason());
        if (report.keptEpoch() != report.epochs().size() || report.stop() == Stop.DIVERGED) {
            line(
                    text,
                    "The weights are those %s.",
                    report.keptEpoch() == 0 ? "before the first epoch" : "after epoch " + report.keptEpoch());
        }
        line(text, "%.0f images a second.", report.imagesPerSecond());
        for (SkippedImage image : report.skipped()) {
            line(text, "passed over: %s", image.reason());
        }
        report.before().ifPresent(before -> line(text, "%nHeld out, before: %s", summary(before)));
        report.after().ifPresent(after -> {
            line(text, "%sHeld out, after:  %s%n", report.before().isPresent() ? "" : "\n", summary(after));
            text.append(after.toText());
        });
        return text.toString();
    }

    private static String summary(Evaluation evaluation) {
        return String.format(
                Locale.ROOT,
                "accuracy %.4f, loss %.4f, %d images",
                evaluation.accuracy(),
                evaluation.loss(),
                evaluation.count());
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "-";
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).replace("\r\n", "\n"))
                .append('\n');
    }
}
