/**
 * Pictures of a model's graph as Keras's {@code plot_model} draws them, without Graphviz.
 * One layout gives the SVG and the PNG; the DOT text leaves it to whoever has Graphviz.
 */
@NullMarked
package io.atelier.plot;

import org.jspecify.annotations.NullMarked;
