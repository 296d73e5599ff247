package io.atelier.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws into SVG text. */
final class SvgCanvas implements Canvas {
    private final StringBuilder shapes = new StringBuilder();

    @Override
    public void box(double x, double y, double width, double height, boolean isBlack) {
        add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" stroke=\"black\"/>",
                x, y, width, height, isBlack ? "black" : "white");
    }

    @Override
    public void text(double x, double y, String text, boolean isWhite) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" dominant-baseline=\"central\" fill=\"%s\">%s</text>",
                x, y, isWhite ? "white" : "black", escape(text));
    }

    @Override
    public void arrow(List<double[]> points) {
        String path = points.stream()
                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point[0], point[1]))
                .collect(Collectors.joining(" "));
        add("<polyline points=\"%s\" fill=\"none\" stroke=\"black\" marker-end=\"url(#arrow)\"/>", path);
    }

    private void add(String format, Object... values) {
        shapes.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    String toSvg(double width, double height) {
        return String.format(Locale.ROOT, """
                        <svg xmlns="http://www.w3.org/2000/svg" width="%1$.0f" height="%2$.0f" viewBox="0 0 %1$.0f %2$.0f"\
                         font-family="Helvetica, Arial, sans-serif" font-size="%3$d">
                        <defs><marker id="arrow" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="7" markerHeight="7"\
                         orient="auto"><path d="M0,1 L10,5 L0,9 z"/></marker></defs>
                        <rect width="100%%" height="100%%" fill="white"/>
                        """, width, height, ModelPlot.FONT_SIZE) + shapes + "</svg>\n";
    }

    /** XML allows no control characters, not even escaped. */
    private static String escape(String text) {
        return text.replaceAll("[\\p{Cntrl}\\uFFFE\\uFFFF]|[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
