/**
 * Keras models as ONNX graphs, and the engine that runs them on ONNX Runtime.
 * Nothing here touches Deeplearning4j or ND4J: a program that only infers never loads them.
 */
@NullMarked
package io.atelier.onnx;

import org.jspecify.annotations.NullMarked;
