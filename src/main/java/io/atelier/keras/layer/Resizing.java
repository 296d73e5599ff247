package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes pictures another size.
 *
 * <p>Shapes, {@code channels_last}: input {@code (batch, rows, columns, channels)}, output
 * {@code (batch, height, width, channels)}. Source: keras/src/layers/preprocessing/image_preprocessing/resizing.py.
 *
 * @param height of the output, at least 1
 * @param width of the output, at least 1
 * @param interpolation bilinear by default
 * @param fit what becomes of a picture of another aspect ratio; stretched by default
 * @param fillValue around a padded picture; 0 by default
 * @param dataFormat channels_last by default
 */
public record Resizing(
        int height, int width, Interpolation interpolation, Fit fit, double fillValue, DataFormat dataFormat)
        implements UnaryLayer {
    /** What becomes of a picture of another aspect ratio. */
    public enum Fit {
        /** It is distorted. */
        STRETCH,
        /** Its ends are cut off before it is resized. */
        CROP,
        /** It is padded before it is resized. */
        PAD
    }

    public Resizing {
        Require.positive("height", height);
        Require.positive("width", width);
    }

    @Override
    public String className() {
        return "Resizing";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rank(4, input);
        if (fit != Fit.STRETCH) {
            Require.supportedAxis(input, dataFormat.firstSpatialAxis());
            Require.supportedAxis(input, dataFormat.firstSpatialAxis() + 1);
        }
        return resized(input, height, width, dataFormat);
    }

    static Shape resized(Shape input, int height, int width, DataFormat dataFormat) {
        return input.with(dataFormat.firstSpatialAxis(), height).with(dataFormat.firstSpatialAxis() + 1, width);
    }

    /** The layers, one after the other, that do the same: the last but for a shift distorts what comes to it. */
    public List<UnaryLayer> steps(Shape input) {
        int rows = input.size(dataFormat.firstSpatialAxis());
        int columns = input.size(dataFormat.firstSpatialAxis() + 1);
        int fittingRows = (int) ((float) (columns * height) / width);
        int fittingColumns = (int) ((float) (rows * width) / height);
        Resizing stretch = new Resizing(height, width, interpolation, Fit.STRETCH, 0, dataFormat);
        List<UnaryLayer> steps = new ArrayList<>();
        if (fit == Fit.CROP) {
            steps.add(new Cropping(
                    List.of(
                            cut(rows, Math.max(Math.min(rows, fittingRows), 1)),
                            cut(columns, Math.max(Math.min(columns, fittingColumns), 1))),
                    dataFormat));
        } else if (fit == Fit.PAD) {
            Margin above = both((Math.max(rows, fittingRows) - rows) / 2);
            Margin beside = both((Math.max(columns, fittingColumns) - columns) / 2);
            // Every interpolation leaves a constant as it is: what is filled with 0 can be shifted afterwards.
            steps.add(new Rescaling(List.of(1.0), List.of(-fillValue)));
            steps.add(new ZeroPadding(List.of(above, beside), dataFormat));
            steps.add(stretch);
            steps.add(new Rescaling(List.of(1.0), List.of(fillValue)));
            return fillValue == 0 ? steps.subList(1, 3) : steps;
        }
        steps.add(stretch);
        return steps;
    }

    private static Margin both(int size) {
        return new Margin(size, size);
    }

    /** What is cut off before and behind the middle. */
    static Margin cut(int size, int kept) {
        int before = (size - kept) / 2;
        return new Margin(before, size - kept - before);
    }
}
