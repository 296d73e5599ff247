package io.atelier.keras.layer;

import java.util.List;

/**
 * Makes the spatial axes longer by whole factors: UpSampling1D to 3D.
 *
 * <p>Shapes for rank 2, {@code channels_last}: input {@code (batch, height, width, channels)}, output
 * {@code (batch, height * factor, width * factor, channels)}.
 *
 * @param size the factor, one for each spatial axis, of which there are 1 to 3; 2 by default
 * @param dataFormat channels_last by default
 * @param interpolation nearest by default; bilinear for two spatial axes only
 */
public record UpSampling(List<Integer> size, DataFormat dataFormat, Interpolation interpolation) implements UnaryLayer {
    public UpSampling {
        Require.spatialRank(size.size());
        size = Require.positive("size", size, size.size());
        if (interpolation != Interpolation.NEAREST && (size.size() != 2 || interpolation != Interpolation.BILINEAR)) {
            throw new IllegalArgumentException("interpolation must be 'nearest'"
                    + (size.size() == 2 ? " or 'bilinear'" : "") + "; received '" + interpolation.kerasName() + "'");
        }
    }

    @Override
    public String className() {
        return "UpSampling" + size.size() + "D";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rank(size.size() + 2, input);
        Shape output = input;
        for (int i = 0; i < size.size(); i++) {
            int axis = dataFormat.firstSpatialAxis() + i;
            if (input.size(axis) != Shape.UNKNOWN) {
                output = output.with(axis, Math.multiplyExact(input.size(axis), size.get(i)));
            }
        }
        return output;
    }
}
