/**
 * Deeplearning4j layers of our own, for what Keras has and Deeplearning4j lacks or computes differently.
 * They train like its own layers, and a saved network that holds them needs Atelier on the class path to be loaded.
 */
@NullMarked
package io.atelier.dl4j.layer;

import org.jspecify.annotations.NullMarked;
