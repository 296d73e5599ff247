package io.atelier.hdf5;

/** What has a place and a name in a file. */
sealed interface Node permits Hdf5Group, Hdf5Dataset {}
