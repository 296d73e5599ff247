package io.atelier.keras.layer;

import java.util.List;

/**
 * Cuts off both ends of the spatial axes: Cropping1D to 3D.
 *
 * <p>Shapes for rank 2, {@code channels_last}: input {@code (batch, height, width, channels)}, output
 * {@code (batch, height - top - bottom, width - left - right, channels)}.
 *
 * @param cropping one for each spatial axis, of which there are 1 to 3
 * @param dataFormat channels_last by default
 */
public record Cropping(List<Margin> cropping, DataFormat dataFormat) implements UnaryLayer {
    public Cropping {
        Require.spatialRank(cropping.size());
        cropping = List.copyOf(cropping);
    }

    @Override
    public String className() {
        return "Cropping" + cropping.size() + "D";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rank(cropping.size() + 2, input);
        Shape output = input;
        for (int i = 0; i < cropping.size(); i++) {
            int axis = dataFormat.firstSpatialAxis() + i;
            if (input.size(axis) == Shape.UNKNOWN) {
                continue;
            }
            int size = input.size(axis) - cropping.get(i).total();
            if (size <= 0) {
                throw new IllegalArgumentException("cropping must leave something of every axis; received " + cropping
                        + " for an input of shape " + input);
            }
            output = output.with(axis, size);
        }
        return output;
    }
}
