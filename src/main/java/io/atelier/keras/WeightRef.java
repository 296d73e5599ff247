package io.atelier.keras;

/**
 * One weight of a model.
 *
 * @param layer the layer's name
 * @param weight Keras's name for it within the layer: {@code kernel}
 */
public record WeightRef(String layer, String weight) {
    /** {@code dense/kernel}. */
    @Override
    public String toString() {
        return layer + "/" + weight;
    }
}
