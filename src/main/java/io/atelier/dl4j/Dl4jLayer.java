package io.atelier.dl4j;

import io.atelier.dl4j.layer.GraphFunction;
import io.atelier.keras.layer.CustomLayer;

/** A custom layer of one input and one output that engine dl4j can run, and train. */
public interface Dl4jLayer extends CustomLayer {
    /** What the layer computes of its input and weights. */
    GraphFunction function();
}
