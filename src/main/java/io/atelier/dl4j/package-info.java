/**
 * Keras models as Deeplearning4j networks, built on deeplearning4j-modelimport and checked against Keras's own shapes
 * and parameter counts. Deeplearning4j's vocabulary stays within this package and those below it.
 */
@NullMarked
package io.atelier.dl4j;

import org.jspecify.annotations.NullMarked;
