/**
 * The layers of Keras, one record an idea, each knowing its options, its output shape and the weights it owns.
 * Names, defaults and formulas are those of Keras 3; differences to Keras 1 and 2 end in the reader.
 */
@NullMarked
package io.atelier.keras.layer;

import org.jspecify.annotations.NullMarked;
