package io.atelier.plot;

import io.atelier.keras.KerasModel;
import io.atelier.plot.PlotGraph.Edge;
import io.atelier.plot.PlotGraph.Node;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * The picture that Keras's {@code plot_model(model, show_shapes=True, show_layer_names=True)} gives: a box for each call
 * of a layer with its name, its kind and its shapes. Immutable and thread-safe.
 */
public final class ModelPlot {
    static final int FONT_SIZE = 12;

    private static final double MARGIN = 12;
    private static final double LINE = 24;
    /** Wide enough for the text of names and shapes in Helvetica and its like, whichever font there is. */
    private static final double CHARACTER = 6.9;

    private static final double PADDING = 16;
    private static final long MOST_PIXELS = 200_000_000;

    private final PlotGraph graph;
    private final PlotOptions options;
    private final double[] widths;
    private final double[] heights;
    private final LayeredLayout layout;

    private ModelPlot(PlotGraph graph, PlotOptions options) {
        this.graph = graph;
        this.options = options;
        this.widths = graph.nodes().stream().mapToDouble(ModelPlot::width).toArray();
        this.heights = graph.nodes().stream()
                .mapToDouble(node -> node.cells().isEmpty() ? LINE : 2 * LINE)
                .toArray();
        this.layout = options.leftToRight()
                ? new LayeredLayout(heights, widths, graph.edges())
                : new LayeredLayout(widths, heights, graph.edges());
    }

    /** Lays a model out. */
    public static ModelPlot of(KerasModel model, PlotOptions options) {
        return new ModelPlot(PlotGraph.of(model, options), options);
    }

    static double textWidth(String text) {
        return text.codePoints().mapToDouble(ModelPlot::characterWidth).sum() + PADDING;
    }

    private static double characterWidth(int character) {
        // Scripts whose characters are as wide as high, and the widest letters, need twice the room.
        if (character >= 0x1100 || "MWm@%".indexOf(character) >= 0) {
            return 2 * CHARACTER;
        }
        return Character.isUpperCase(character) || character == 'w' ? 1.4 * CHARACTER : CHARACTER;
    }

    private static double width(Node node) {
        return Math.max(
                textWidth(node.title()),
                node.cells().stream().mapToDouble(ModelPlot::textWidth).sum());
    }

    /** The picture as SVG. */
    public String toSvg() {
        SvgCanvas canvas = new SvgCanvas();
        draw(canvas);
        double[] size = size();
        return canvas.toSvg(size[0], size[1]);
    }

    /**
     * The picture in grey.
     *
     * @throws IllegalStateException if it would have more than 200 million pixels
     */
    public BufferedImage toImage() {
        double[] size = size();
        if (size[0] * size[1] > MOST_PIXELS) {
            throw new IllegalStateException(String.format(
                    "the picture would have %.0f x %.0f pixels, more than %,d; draw it as SVG",
                    size[0], size[1], MOST_PIXELS));
        }
        ImageCanvas canvas = new ImageCanvas((int) Math.ceil(size[0]), (int) Math.ceil(size[1]));
        draw(canvas);
        return canvas.image();
    }

    /** The graph in Graphviz's language, which {@code dot -Tsvg} lays out itself. */
    public String toDot() {
        StringBuilder dot = new StringBuilder("digraph model {\n  rankdir=" + (options.leftToRight() ? "LR" : "TB")
                + ";\n  node [shape=record, fontname=\"Helvetica\", fontsize=" + FONT_SIZE + "];\n");
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            String cells = node.cells().isEmpty()
                    ? ""
                    : " | {"
                            + String.join(
                                    " | ",
                                    node.cells().stream().map(ModelPlot::record).toList()) + "}";
            // A record's fields lie side by side unless they stand in braces, and the other way round from left to
            // right.
            String label =
                    options.leftToRight() ? record(node.title()) + cells : "{" + record(node.title()) + cells + "}";
            dot.append("  n").append(i).append(" [label=\"").append(label).append("\"];\n");
        }
        for (Edge edge : graph.edges()) {
            dot.append("  n")
                    .append(edge.from())
                    .append(" -> n")
                    .append(edge.to())
                    .append(";\n");
        }
        return dot.append("}\n").toString();
    }

    private static String record(String text) {
        return text.replaceAll("\\p{Cntrl}", "?").replaceAll("([\\\\\"{}|<>])", "\\\\$1");
    }

    private double x(int node) {
        return MARGIN + (options.leftToRight() ? layout.start(node) : layout.middle(node) - widths[node] / 2);
    }

    private double y(int node) {
        return MARGIN + (options.leftToRight() ? layout.middle(node) - heights[node] / 2 : layout.start(node));
    }

    private double[] size() {
        double width = 0;
        double height = 0;
        for (int node = 0; node < widths.length; node++) {
            width = Math.max(width, x(node) + widths[node] + MARGIN);
            height = Math.max(height, y(node) + heights[node] + MARGIN);
        }
        for (int edge = 0; edge < graph.edges().size(); edge++) {
            for (double[] point : points(edge)) {
                width = Math.max(width, point[0] + MARGIN);
                height = Math.max(height, point[1] + MARGIN);
            }
        }
        return new double[] {width, height};
    }

    private List<double[]> points(int edge) {
        return layout.bends(edge).stream()
                .map(point -> options.leftToRight()
                        ? new double[] {point[1] + MARGIN, point[0] + MARGIN}
                        : new double[] {point[0] + MARGIN, point[1] + MARGIN})
                .toList();
    }

    private void draw(Canvas canvas) {
        for (int edge = 0; edge < graph.edges().size(); edge++) {
            canvas.arrow(points(edge));
        }
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            canvas.box(x(i), y(i), widths[i], LINE, true);
            canvas.text(x(i) + widths[i] / 2, y(i) + LINE / 2, node.title(), true);
            double x = x(i);
            double needed =
                    node.cells().stream().mapToDouble(ModelPlot::textWidth).sum();
            for (String cell : node.cells()) {
                double width = textWidth(cell) * widths[i] / needed;
                canvas.box(x, y(i) + LINE, width, LINE, false);
                canvas.text(x + width / 2, y(i) + LINE * 1.5, cell, false);
                x += width;
            }
        }
    }
}
