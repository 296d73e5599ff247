package io.atelier.keras.layer;

import java.util.List;

/**
 * Where a tensor enters the model.
 *
 * @param batchShape the tensor's shape with its batch axis: {@code (None, 28, 28, 1)}
 * @param dtype the type Keras expects its values in: {@code float32}, {@code int32}
 */
public record InputLayer(Shape batchShape, String dtype) implements LayerConfig {
    public InputLayer {
        if (batchShape.rank() == 0) {
            throw new IllegalArgumentException("batch_shape must have a batch axis; received ()");
        }
    }

    @Override
    public String className() {
        return "InputLayer";
    }

    @Override
    public List<Shape> outputShapes(List<Shape> inputs) {
        if (!inputs.isEmpty()) {
            throw new IllegalArgumentException("the layer takes no inputs; received " + inputs.size());
        }
        return List.of(batchShape);
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        return List.of();
    }
}
