package io.atelier.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** How a training went, as charts and as a table. */
final class PageTraining {
    private PageTraining() {}

    static void write(Html html, List<EpochMetrics> epochs) {
        if (epochs.isEmpty()) {
            return;
        }
        html.element("h2", "Training").open("div", "class=\"charts\"");
        chart(html, "Loss", epochs, epoch -> OptionalDouble.of(epoch.loss()), EpochMetrics::validationLoss);
        chart(html, "Accuracy", epochs, epoch -> OptionalDouble.of(epoch.accuracy()), EpochMetrics::validationAccuracy);
        html.close("div").open("div", "class=\"wide\"").open("table", "").raw("<thead><tr>");
        for (String header : List.of("Epoch", "Loss", "Accuracy", "Held-out loss", "Held-out accuracy", "Seconds")) {
            html.element("th", "scope=\"col\"", header);
        }
        html.raw("</tr></thead>\n");
        for (EpochMetrics epoch : epochs) {
            html.open("tr", "").element("td", String.valueOf(epoch.epoch()));
            number(html, OptionalDouble.of(epoch.loss()));
            number(html, OptionalDouble.of(epoch.accuracy()));
            number(html, epoch.validationLoss());
            number(html, epoch.validationAccuracy());
            html.element("td", String.format(Locale.ROOT, "%.1f", epoch.time().toMillis() / 1000.0))
                    .close("tr");
        }
        html.close("table").close("div");
    }

    private static void number(Html html, OptionalDouble number) {
        html.element("td", number.isPresent() ? String.format(Locale.ROOT, "%.4f", number.getAsDouble()) : "–");
    }

    private static void chart(
            Html html,
            String name,
            List<EpochMetrics> epochs,
            Function<EpochMetrics, OptionalDouble> training,
            Function<EpochMetrics, OptionalDouble> heldOut) {
        LineChart chart = new LineChart(
                name,
                epochs.stream().map(EpochMetrics::epoch).toList(),
                new LineChart.Series(
                        "training", "first", epochs.stream().map(training).toList()),
                new LineChart.Series(
                        "held out", "second", epochs.stream().map(heldOut).toList()));
        html.open("figure", "").raw(chart.toSvg()).close("figure");
    }
}
