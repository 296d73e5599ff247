package io.atelier.dl4j;

import io.atelier.keras.layer.Shape;

/**
 * A weight that a {@link TrainingNetwork} trains: where its values are among those of all trained weights.
 *
 * @param layer the Keras layer's name
 * @param name Keras's name within the layer
 * @param shape in Keras
 * @param offset of its first value
 * @param count the number of its values, which are in an order of the network's own
 */
public record TrainedWeight(String layer, String name, Shape shape, int offset, int count) {}
