/**
 * How good a model is: its answers to labelled images, counted and told as scikit-learn tells them, as text, JSON and a
 * page. Memory does not grow with the number of images.
 */
@NullMarked
package io.atelier.evaluate;

import org.jspecify.annotations.NullMarked;
