/**
 * Fine-tuning: an image classifier's model is trained further on labelled images, with its progress kept in checkpoints.
 * How a step of training goes is {@code train}'s matter; what is here decides what is trained, on what, and for how long.
 */
@NullMarked
package io.atelier.tune;

import org.jspecify.annotations.NullMarked;
