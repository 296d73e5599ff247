/**
 * Typed image classification on top of any engine: from a picture to the most likely label and its probability.
 * Everything that stands between a picture and the model's tensor is an explicit, documented option here.
 */
@NullMarked
package io.atelier.classify;

import org.jspecify.annotations.NullMarked;
