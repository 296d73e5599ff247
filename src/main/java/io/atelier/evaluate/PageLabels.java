package io.atelier.evaluate;

import io.atelier.evaluate.ClassificationReport.Scores;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The scores of each label, and how they changed. */
final class PageLabels {
    private PageLabels() {}

    static void write(Html html, Evaluation evaluation, Optional<Evaluation> earlier) {
        ClassificationReport report = evaluation.report();
        Map<String, Scores> before =
                earlier.map(measured -> byName(measured.report())).orElse(Map.of());
        html.element("h2", "Labels")
                .open("div", "class=\"wide\"")
                .open("table", "")
                .raw("<thead><tr>");
        html.element("th", "scope=\"col\"", "");
        for (String header : List.of("Precision", "Recall", "F1 score", "Images")) {
            html.element("th", "scope=\"col\"", header);
        }
        if (!before.isEmpty()) {
            html.element("th", "scope=\"col\"", "F1 score before");
        }
        html.raw("</tr></thead>\n");
        report.labels().forEach(scores -> row(html, "", scores, before));
        row(html, "class=\"average\"", report.macro(), before);
        row(html, "class=\"average\"", report.weighted(), before);
        html.close("table").close("div");
    }

    private static Map<String, Scores> byName(ClassificationReport report) {
        Map<String, Scores> scores =
                report.labels().stream().collect(Collectors.toMap(Scores::name, Function.identity(), (a, b) -> a));
        scores.putIfAbsent(report.macro().name(), report.macro());
        scores.putIfAbsent(report.weighted().name(), report.weighted());
        return scores;
    }

    private static void row(Html html, String attributes, Scores scores, Map<String, Scores> before) {
        html.open("tr", attributes).element("th", "scope=\"row\"", scores.name());
        html.element("td", decimals(scores.precision()));
        html.element("td", decimals(scores.recall()));
        html.element("td", decimals(scores.f1()));
        html.element("td", PageSummary.count(scores.support()));
        if (!before.isEmpty()) {
            Scores earlier = before.get(scores.name());
            html.element("td", earlier == null ? "–" : decimals(earlier.f1()));
        }
        html.close("tr");
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
