/**
 * Reads model files that Keras 1, 2 or 3 wrote, without Python and without native code.
 * What differs between the versions of Keras ends here: behind it there is one dialect, in Keras 3's terms.
 */
@NullMarked
package io.atelier.keras.io;

import org.jspecify.annotations.NullMarked;
