/**
 * Keras models as ONNX graphs, and the engine that runs them on ONNX Runtime.
 * Nothing here touches Deeplearning4j or ND4J: a program that only infers never loads them.
 *
 * <p>Masks: a layer whose {@code LayerConfig.maskUse()} is USES finds the masks of its inputs in {@code Value.mask()}, and
 * gives its outputs the masks they are to have with {@code Value.withMask}. Where it is PASSES, {@code Emitters} hands the
 * first input's mask on; every other emitter neither sees nor sets a mask.
 */
@NullMarked
package io.atelier.onnx;

import org.jspecify.annotations.NullMarked;
