package io.atelier.keras.layer;

import java.util.List;

/**
 * Keeps the middle of pictures; of a picture that is too small, the largest part of the same aspect ratio, resized.
 *
 * <p>Source: keras/src/layers/preprocessing/image_preprocessing/center_crop.py.
 *
 * @param height of the output, at least 1
 * @param width of the output, at least 1
 * @param dataFormat channels_last by default
 */
public record CenterCrop(int height, int width, DataFormat dataFormat) implements UnaryLayer {
    public CenterCrop {
        Require.positive("height", height);
        Require.positive("width", width);
    }

    @Override
    public String className() {
        return "CenterCrop";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rank(4, input);
        Require.supportedAxis(input, dataFormat.firstSpatialAxis());
        Require.supportedAxis(input, dataFormat.firstSpatialAxis() + 1);
        return Resizing.resized(input, height, width, dataFormat);
    }

    /** The layers, one after the other, that do the same for pictures of this shape. */
    public List<UnaryLayer> steps(Shape input) {
        int rows = input.size(dataFormat.firstSpatialAxis());
        int columns = input.size(dataFormat.firstSpatialAxis() + 1);
        return rows >= height && columns >= width
                ? List.of(new Cropping(List.of(Resizing.cut(rows, height), Resizing.cut(columns, width)), dataFormat))
                : new Resizing(height, width, Interpolation.BILINEAR, Resizing.Fit.CROP, 0, dataFormat).steps(input);
    }
}
