/**
 * Writes files so that each is there as a whole or not at all.
 * It knows nothing of what is written.
 */
@NullMarked
package io.atelier.files;

import org.jspecify.annotations.NullMarked;
