/**
 * Training as Keras does it: optimizers, learning rates, losses and regularizers, by Keras's formulas and read from
 * Keras's configs. A {@code Trainer} takes the steps; the gradients come from package {@code dl4j}.
 */
@NullMarked
package io.atelier.train;

import org.jspecify.annotations.NullMarked;
