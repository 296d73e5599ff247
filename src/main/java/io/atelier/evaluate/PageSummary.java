package io.atelier.evaluate;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The top of a page: what it is about, and the figures. */
final class PageSummary {
    private PageSummary() {}

    static void write(Html html, ReportPage page) {
        Evaluation evaluation = page.evaluation();
        html.open("dl", "class=\"facts\"").element("dt", "Images").element("dd", evaluation.source());
        for (Map.Entry<String, String> fact : page.facts().entrySet()) {
            html.element("dt", fact.getKey()).element("dd", fact.getValue());
        }
        html.close("dl").open("div", "class=\"tiles\"");
        tile(html, page, "Accuracy", e -> share(e.accuracy()));
        if (evaluation.confusion().labels().size() > 3) {
            tile(html, page, "Top 3 accuracy", e -> share(e.topAccuracy(3)));
        }
        tile(html, page, "Mean F1 score", e -> share(e.report().macro().f1()));
        tile(html, page, "Loss", e -> String.format(Locale.ROOT, "%.4f", e.loss()));
        tile(html, "Right", count(evaluation.confusion().correct()), "of " + count(evaluation.count()) + " images");
        if (evaluation.skippedCount() > 0) {
            tile(html, "Skipped, unreadable", count(evaluation.skippedCount()), "");
        }
        html.close("div");
    }

    private static void tile(Html html, ReportPage page, String name, Function<Evaluation, String> figure) {
        Optional<String> before = page.before().map(figure);
        tile(
                html,
                name,
                figure.apply(page.evaluation()),
                before.map(value -> "before: " + value).orElse(""));
    }

    private static void tile(Html html, String name, String figure, String note) {
        html.open("div", "class=\"tile\"").element("span", name).element("strong", figure);
        if (!note.isEmpty()) {
            html.element("span", note);
        }
        html.close("div");
    }

    /** With two decimals, rounded, but 100 % means all: {@code 92.14 %}, on one line. */
    static String share(double share) {
        double percent = Math.round(share * 10_000) / 100.0;
        return String.format(Locale.ROOT, "%.2f\u00a0%%", share < 1 ? Math.min(percent, 99.99) : percent);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
