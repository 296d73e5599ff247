package io.atelier.evaluate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Numbers over epochs as an SVG that takes its colours from the page. Numbers that are not finite are left out. */
final class LineChart {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 250;
    private static final int LEFT = 52;
    private static final int RIGHT = 12;
    private static final int TOP = 34;
    private static final int BOTTOM = 30;
    private static final int MOST_TICKS = 6;

    /**
     * One line.
     *
     * @param style the line's class in the style sheet
     * @param values one an epoch
     */
    record Series(String name, String style, List<OptionalDouble> values) {
        private boolean isEmpty() {
            return values.stream().noneMatch(LineChart::isDrawn);
        }
    }

    private final String title;
    private final List<Integer> epochs;
    private final List<Series> lines;
    private final double low;
    private final double high;
    private final double step;

    LineChart(String title, List<Integer> epochs, Series... lines) {
        this.title = title;
        this.epochs = epochs;
        this.lines = Arrays.stream(lines).filter(line -> !line.isEmpty()).toList();
        double[] values = this.lines.stream()
                .flatMap(line -> line.values().stream())
                .filter(LineChart::isDrawn)
                .mapToDouble(OptionalDouble::getAsDouble)
                .sorted()
                .toArray();
        double least = values.length == 0 ? 0 : values[0];
        double most = values.length == 0 ? 1 : values[values.length - 1];
        this.step = roundStep(most - least > 0 ? (most - least) / 4 : most == 0 ? 0.25 : Math.abs(most) / 4);
        this.low = Math.floor(least / step) * step;
        this.high = Math.max(Math.ceil(most / step) * step, low + step);
    }

    private static boolean isDrawn(OptionalDouble value) {
        return value.isPresent() && Double.isFinite(value.getAsDouble());
    }

    /** The next of 1, 2, 5, 10, ... times a power of ten. */
    private static double roundStep(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        double factor = step / power;
        return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }

    String toSvg() {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
                WIDTH,
                HEIGHT,
                Html.escape(title + " by epoch")));
        text(svg, LEFT, 16, "start", title);
        legend(svg);
        for (int i = 0; low + i * step <= high + step / 2; i++) {
            double value = low + i * step;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
                    LEFT,
                    WIDTH - RIGHT,
                    y(value),
                    y(value)));
            text(svg, LEFT - 6, y(value) + 4, "end", tick(value));
        }
        int every = Math.max(1, (int) Math.ceil(epochs.size() / (double) MOST_TICKS));
        for (int i = 0; i < epochs.size(); i += every) {
            text(svg, x(i), HEIGHT - 10, "middle", String.valueOf(epochs.get(i)));
        }
        lines.forEach(line -> line(svg, line));
        return svg.append("</svg>\n").toString();
    }

    private void legend(StringBuilder svg) {
        int x = WIDTH - RIGHT - 90 * lines.size();
        for (Series line : lines) {
            svg.append("<line class=\"" + line.style() + "\" stroke-width=\"2\" x1=\"" + x + "\" x2=\"" + (x + 22)
                    + "\" y1=\"12\" y2=\"12\"/>\n");
            text(svg, x + 28, 16, "start", line.name());
            x += 90;
        }
    }

    private void line(StringBuilder svg, Series line) {
        List<Integer> drawn = new ArrayList<>();
        for (int i = 0; i < line.values().size(); i++) {
            if (isDrawn(line.values().get(i))) {
                drawn.add(i);
            }
        }
        svg.append("<polyline class=\"" + line.style() + "\" points=\"")
                .append(drawn.stream()
                        .map(i -> String.format(Locale.ROOT, "%.1f,%.1f", x(i), y(value(line, i))))
                        .collect(Collectors.joining(" ")))
                .append("\"/>\n");
        for (int i : drawn) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s</title></circle>\n",
                    line.style(),
                    x(i),
                    y(value(line, i)),
                    Html.escape(String.format(
                            Locale.ROOT, "epoch %d, %s: %.4f", epochs.get(i), line.name(), value(line, i)))));
        }
    }

    private static double value(Series line, int index) {
        return line.values().get(index).orElseThrow();
    }

    private double x(int index) {
        double middle = (LEFT + WIDTH - RIGHT) / 2.0;
        return epochs.size() == 1
                ? middle
                : LEFT + 8 + (WIDTH - RIGHT - LEFT - 16) * (double) index / (epochs.size() - 1);
    }

    private double y(double value) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low);
    }

    private String tick(double value) {
        int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        return digits > 6
                ? String.format(Locale.ROOT, "%.1e", value)
                : new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String content) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
                x,
                y,
                anchor,
                Html.escape(content)));
    }
}
