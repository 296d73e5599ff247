package io.atelier.plot;

/**
 * How a model is drawn.
 *
 * @param showsShapes whether each layer names the shapes it takes and gives; true by default
 * @param leftToRight whether data flows to the right rather than down; false by default
 */
public record PlotOptions(boolean showsShapes, boolean leftToRight) {
    /** With shapes, from top to bottom. */
    public static final PlotOptions DEFAULT = new PlotOptions(true, false);
}
