package io.atelier.keras.layer;

import java.util.List;

/**
 * Puts zeros around the spatial axes: ZeroPadding1D to 3D.
 *
 * <p>Shapes for rank 2, {@code channels_last}: input {@code (batch, height, width, channels)}, output
 * {@code (batch, top + height + bottom, left + width + right, channels)}.
 *
 * @param padding one for each spatial axis, of which there are 1 to 3; 1 on each side by default
 * @param dataFormat channels_last by default
 */
public record ZeroPadding(List<Margin> padding, DataFormat dataFormat) implements UnaryLayer {
    public ZeroPadding {
        Require.spatialRank(padding.size());
        padding = List.copyOf(padding);
    }

    @Override
    public String className() {
        return "ZeroPadding" + padding.size() + "D";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rank(padding.size() + 2, input);
        Shape output = input;
        for (int i = 0; i < padding.size(); i++) {
            int axis = dataFormat.firstSpatialAxis() + i;
            if (input.size(axis) != Shape.UNKNOWN) {
                output = output.with(
                        axis, Math.addExact(input.size(axis), padding.get(i).total()));
            }
        }
        return output;
    }
}
