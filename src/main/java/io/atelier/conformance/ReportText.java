package io.atelier.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A report as a table for a terminal. */
final class ReportText {
    private static final int WIDTH = 100;
    private static final int MAX_NAME = 28;
    private static final int MAX_CLASS = 20;
    private static final int MAX_SHAPE = 22;

    private final ConformanceReport report;
    private final List<String> lines = new ArrayList<>();

    ReportText(ConformanceReport report) {
        this.report = report;
    }

    @Override
    public String toString() {
        lines.clear();
        lines.add(clip(
                report.file() + " (" + report.format()
                        + report.kerasVersion()
                                .map(version -> ", Keras " + version)
                                .orElse("") + ") on "
                        + report.engine(),
                WIDTH));
        lines.add("");
        table();
        notCompared();
        lines.add("");
        overall();
        return String.join("\n", lines) + "\n";
    }

    private void table() {
        List<TensorComparison> rows = report.comparisons();
        int name = columnWidth("layer", rows, TensorComparison::name, MAX_NAME);
        int className = columnWidth("class", rows, TensorComparison::className, MAX_CLASS);
        int shape = columnWidth("shape", rows, row -> row.shape().toString(), MAX_SHAPE);
        String format = "%s %-" + name + "s  %-" + className + "s  %-" + shape + "s  %7s  %7s  %s";
        lines.add(String.format(Locale.ROOT, format, " ", "layer", "class", "shape", "max abs", "max rel", "")
                .stripTrailing());
        for (TensorComparison row : rows) {
            boolean passes = row.verdict() == Verdict.PASS;
            lines.add(String.format(
                    Locale.ROOT,
                    format,
                    passes ? "✓" : "✗",
                    clip(row.name(), name),
                    clip(row.className(), className),
                    clip(row.shape().toString(), shape),
                    number(row.maxAbs()),
                    number(row.maxRel()),
                    passes ? "pass" : "FAIL"));
            if (!passes) {
                lines.add(clip("    " + explanation(row), WIDTH));
            }
        }
    }

    private static String explanation(TensorComparison row) {
        return row.obstacle()
                .orElseGet(() -> row.largest()
                        .map(largest -> "largest difference " + largest)
                        .orElse("no difference within the tolerance"));
    }

    private void notCompared() {
        if (report.notCompared().isEmpty()) {
            return;
        }
        lines.add("");
        StringBuilder line = new StringBuilder("not in the reference, so not compared:");
        for (String name : report.notCompared()) {
            String item = " " + clip(name, MAX_NAME);
            if (line.length() + item.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("   ");
            }
            line.append(item);
        }
        lines.add(line.toString());
    }

    private void overall() {
        List<TensorComparison> rows = report.comparisons();
        int failures = report.failures().size();
        String tolerance = number(report.tolerance().relative()) + " x max(1, max|Keras|)";
        lines.add(
                failures == 0
                        ? "pass: all " + rows.size() + " tensors are within " + tolerance
                        : "FAIL: " + failures + " of " + rows.size() + " tensors are not within " + tolerance);
        // Double.compare puts NaN above everything.
        rows.stream()
                .max(Comparator.comparingDouble(TensorComparison::maxRel))
                .ifPresent(worst -> lines.add(
                        "largest difference: " + number(worst.maxRel()) + " in " + clip(worst.name(), MAX_NAME)));
        report.argmaxAgreement()
                .ifPresent(
                        share -> lines.add("argmax agreement: " + percent(share) + " of " + report.rows() + " rows"));
        report.accuracy()
                .ifPresent(accuracy ->
                        lines.add("accuracy: " + percent(accuracy.ours()) + ", Keras " + percent(accuracy.keras())));
    }

    private static int columnWidth(
            String title, List<TensorComparison> rows, Function<TensorComparison, String> column, int most) {
        int longest =
                rows.stream().mapToInt(row -> column.apply(row).length()).max().orElse(0);
        return Math.min(most, Math.max(title.length(), longest));
    }

    /** Shortens what is too long, and keeps what a file's names may hold from steering the terminal. */
    private static String clip(String text, int width) {
        String printable = text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f]", "?");
        return printable.length() <= width ? printable : printable.substring(0, width - 1) + "…";
    }

    private static String number(double value) {
        if (value == 0) {
            return "0";
        }
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1e", value) : Double.isNaN(value) ? "NaN" : "inf";
    }

    /** Rounded, but 100 % means all. */
    private static String percent(double share) {
        long hundredths = Math.min(Math.round(share * 10_000), share < 1 ? 9_999 : 10_000);
        return String.format(Locale.ROOT, "%.2f %%", hundredths / 100.0);
    }
}
