package io.atelier.plot;

/**
 * How a model is drawn.
 *
 * @param showsShapes whether each layer names the shapes it takes and gives; true by default
 * @param leftToRight whether data flows to the right rather than down; false by default
 * @param expandsNested whether a nested model is drawn layer by layer rather than as one box; false by default
 */
public record PlotOptions(boolean showsShapes, boolean leftToRight, boolean expandsNested) {
    /** With shapes, from top to bottom, a nested model as one box. */
    public static final PlotOptions DEFAULT = new PlotOptions(true, false, false);
}
