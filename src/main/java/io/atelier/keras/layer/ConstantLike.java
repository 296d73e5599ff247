package io.atelier.keras.layer;

import java.util.List;

/**
 * A tensor of one value in the shape of another: {@code keras.ops.zeros_like}, {@code ones_like}.
 *
 * @param value 0 or 1
 */
public record ConstantLike(int value) implements Operation {
    @Override
    public String className() {
        return value == 0 ? "ZerosLike" : "OnesLike";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Require.single(inputs);
    }
}
