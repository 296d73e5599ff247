package io.atelier.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Which labels were taken for which: as a heat map if there are not too many, and the most frequent by name. */
final class PageConfusion {
    private static final int MOST_LABELS = 60;
    private static final int MOST_CONFUSIONS = 10;

    private record Confusion(int actual, int predicted, long count) {}

    private PageConfusion() {}

    static void write(Html html, ConfusionMatrix matrix) {
        html.element("h2", "Confusion matrix");
        if (matrix.labels().size() <= MOST_LABELS) {
            html.element(
                    "p",
                    "class=\"faint\"",
                    "A row a true label, a column a predicted one. The shade is the share of the row.");
            table(html, matrix);
        } else {
            html.element(
                    "p",
                    "class=\"faint\"",
                    "The matrix of " + matrix.labels().size() + " labels is too large for a page.");
        }
        List<Confusion> confusions = mostFrequent(matrix);
        if (!confusions.isEmpty()) {
            html.element("h2", "Most frequent confusions").open("ul", "");
            for (Confusion confusion : confusions) {
                html.element("li", sentence(matrix, confusion));
            }
            html.close("ul");
        }
    }

    private static void table(Html html, ConfusionMatrix matrix) {
        List<String> labels = matrix.labels();
        html.open("div", "class=\"wide\"").open("table", "class=\"matrix\"").raw("<thead><tr><td></td>");
        labels.forEach(
                label -> html.open("th", "scope=\"col\"").element("span", label).close("th"));
        html.raw("</tr></thead>\n");
        for (int actual = 0; actual < labels.size(); actual++) {
            html.open("tr", "").element("th", "scope=\"row\"", labels.get(actual));
            for (int predicted = 0; predicted < labels.size(); predicted++) {
                cell(html, matrix, new Confusion(actual, predicted, matrix.count(actual, predicted)));
            }
            html.close("tr");
        }
        html.close("table").close("div");
    }

    private static void cell(Html html, ConfusionMatrix matrix, Confusion cell) {
        boolean right = cell.actual() == cell.predicted();
        String style = right ? "right" : cell.count() == 0 ? "none" : "";
        // The root makes rare confusions visible beside frequent ones.
        double share = cell.count() == 0 ? 0 : (double) cell.count() / matrix.support(cell.actual());
        double shade = right ? 0.1 + 0.5 * share : Math.sqrt(share) * 0.9;
        html.element(
                "td",
                String.format(
                        Locale.ROOT,
                        "class=\"%s\" style=\"--share: %.2f\" title=\"%s\"",
                        style,
                        cell.count() == 0 ? 0 : shade,
                        Html.escape(sentence(matrix, cell))),
                String.valueOf(cell.count()));
    }

    private static List<Confusion> mostFrequent(ConfusionMatrix matrix) {
        int size = matrix.labels().size();
        return IntStream.range(0, size)
                .boxed()
                .flatMap(actual -> IntStream.range(0, size)
                        .filter(predicted -> predicted != actual && matrix.count(actual, predicted) > 0)
                        .mapToObj(predicted -> new Confusion(actual, predicted, matrix.count(actual, predicted))))
                .sorted(Comparator.comparing(Confusion::count).reversed())
                .limit(MOST_CONFUSIONS)
                .toList();
    }

    /** As {@code Shirt taken for T-shirt/top: 127 of 1,000}. */
    private static String sentence(ConfusionMatrix matrix, Confusion confusion) {
        return String.format(
                Locale.ROOT,
                "%s taken for %s: %,d of %,d",
                matrix.labels().get(confusion.actual()),
                matrix.labels().get(confusion.predicted()),
                confusion.count(),
                matrix.support(confusion.actual()));
    }
}
