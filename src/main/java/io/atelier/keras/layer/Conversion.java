package io.atelier.keras.layer;

import java.util.List;

/**
 * The same tensor, or flags that say where its values are not 0: {@code keras.ops.convert_to_tensor}, {@code cast}.
 *
 * @param className Keras's name for the operation
 * @param toFlags whether the output is flags
 */
public record Conversion(String className, boolean toFlags) implements Operation {
    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Require.single(inputs);
    }
}
