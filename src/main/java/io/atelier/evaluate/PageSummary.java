package io.atelier.evaluate;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The top of a page: what it is about, and the figures. */
final class PageSummary {
    private PageSummary() {}

    static void write(Html html, ReportPage page) {
        html.open("dl", "class=\"facts\"");
        page.evaluation().ifPresent(evaluation -> fact(html, "Evaluated on", evaluation.source()));
        page.facts().forEach((name, value) -> fact(html, name, value));
        html.close("dl");
        page.evaluation().ifPresent(evaluation -> tiles(html, evaluation, page.before()));
    }

    private static void fact(Html html, String name, String value) {
        html.element("dt", name).element("dd", value);
    }

    private static void tiles(Html html, Evaluation evaluation, Optional<Evaluation> before) {
        html.open("div", "class=\"tiles\"");
        tile(html, "Accuracy", evaluation, before, e -> share(e.accuracy()));
        if (evaluation.confusion().labels().size() > 3) {
            tile(html, "Top 3 accuracy", evaluation, before, e -> share(e.topAccuracy(3)));
        }
        tile(
                html,
                "Mean F1 score",
                evaluation,
                before,
                e -> share(e.report().macro().f1()));
        tile(html, "Loss", evaluation, before, e -> String.format(Locale.ROOT, "%.4f", e.loss()));
        tile(html, "Right", count(evaluation.confusion().correct()), "of " + count(evaluation.count()) + " images");
        if (evaluation.skippedCount() > 0) {
            tile(html, "Skipped, unreadable", count(evaluation.skippedCount()), "");
        }
        html.close("div");
    }

    private static void tile(
            Html html, String name, Evaluation now, Optional<Evaluation> before, Function<Evaluation, String> figure) {
        tile(
                html,
                name,
                figure.apply(now),
                before.map(figure).map(value -> "before: " + value).orElse(""));
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
