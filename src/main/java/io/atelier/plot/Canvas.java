package io.atelier.plot;

import java.util.List;

/** What a picture is drawn on: boxes, lines of text within them, and arrows. Sizes are in pixels. */
interface Canvas {
    /** A rectangle with a black border. */
    void box(double x, double y, double width, double height, boolean isBlack);

    /** Text in the middle of a place. */
    void text(double x, double y, String text, boolean isWhite);

    /** An arrow along these points. */
    void arrow(List<double[]> points);
}
