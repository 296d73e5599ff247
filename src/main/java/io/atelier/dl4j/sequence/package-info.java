/**
 * Deeplearning4j layers for what takes sequences, recurrent layers and attention, computed on a tape that finds their gradients.
 * They train like Deeplearning4j's own layers, and a saved network that holds them needs Atelier on the class path to be loaded.
 */
@NullMarked
package io.atelier.dl4j.sequence;

import org.jspecify.annotations.NullMarked;
