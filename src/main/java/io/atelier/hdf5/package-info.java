/**
 * Writes HDF5 files: groups, text attributes, and arrays of numbers, as much of the format as Keras uses.
 * It knows nothing of Keras; reading is jHDF's task.
 */
@NullMarked
package io.atelier.hdf5;

import org.jspecify.annotations.NullMarked;
