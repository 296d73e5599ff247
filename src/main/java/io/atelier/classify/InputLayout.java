package io.atelier.classify;

import io.atelier.keras.KerasModel;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Shape;

/**
 * How a model takes its images.
 *
 * @param height of an image
 * @param width of an image
 * @param channels 1 or 3
 * @param dataFormat on which side of height and width the channels are
 * @param batchShape the input's shape, with height and width known
 */
public record InputLayout(int height, int width, int channels, DataFormat dataFormat, Shape batchShape) {
    /** Tells the layout from the model's input shape and the options. */
    static InputLayout of(KerasModel model, Preprocessing options) {
        if (model.inputs().size() != 1) {
            throw new IllegalArgumentException(
                    model + " has " + model.inputs().size() + " inputs; an image classifier's model has one");
        }
        Shape shape = model.inputShapes().get(0);
        if (shape.size(0) > 1) {
            throw refused(shape, "its batches have a fixed size; save the model with a batch axis of None");
        }
        InputLayout layout = switch (shape.rank()) {
            case 2 -> flat(shape, options);
            case 3 -> of(shape, 1, 2, 1, DataFormat.CHANNELS_LAST, options);
            case 4 -> image(shape, options);
            default -> throw refused(shape, "expected (batch, height, width, channels)");
        };
        if ((long) layout.height * layout.width > options.limits().maxPixels()) {
            throw refused(
                    shape,
                    "an image has more pixels than the limit maxPixels="
                            + options.limits().maxPixels() + " in ImageLimits");
        }
        return layout;
    }

    private static InputLayout image(Shape shape, Preprocessing options) {
        DataFormat format = options.dataFormat()
                .orElseGet(() -> isChannels(shape.size(3)) || !isChannels(shape.size(1))
                        ? DataFormat.CHANNELS_LAST
                        : DataFormat.CHANNELS_FIRST);
        int channels = shape.size(format.channelsAxis(4));
        if (!isChannels(channels)) {
            throw refused(
                    shape,
                    "expected 1 or 3 channels in a " + format.kerasName()
                            + " image; if the channels are elsewhere, set the option dataFormat");
        }
        int heightAxis = format.firstSpatialAxis();
        return of(shape, heightAxis, heightAxis + 1, channels, format, options);
    }

    private static boolean isChannels(int size) {
        return size == 1 || size == 3;
    }

    /** An input of pixels in a row, as of a network of Dense layers only. */
    private static InputLayout flat(Shape shape, Preprocessing options) {
        Preprocessing.Size size = options.size()
                .orElseThrow(() -> refused(shape, "it does not tell height and width; set the option size"));
        long pixels = (long) size.height() * size.width();
        if (shape.size(1) != pixels && shape.size(1) != 3 * pixels) {
            throw refused(shape, "it does not hold a grey or colour image of size " + size);
        }
        int channels = (int) (shape.size(1) / pixels);
        return new InputLayout(size.height(), size.width(), channels, format(options), shape);
    }

    private static DataFormat format(Preprocessing options) {
        return options.dataFormat().orElse(DataFormat.CHANNELS_LAST);
    }

    private static InputLayout of(
            Shape shape, int heightAxis, int widthAxis, int channels, DataFormat format, Preprocessing options) {
        int height = shape.size(heightAxis);
        int width = shape.size(widthAxis);
        if (options.size().isPresent()) {
            Preprocessing.Size size = options.size().get();
            if (!Shape.of(height, width).accepts(Shape.of(size.height(), size.width()))) {
                throw refused(shape, "the option size is " + size + "; leave it out, or use a model of that size");
            }
            height = size.height();
            width = size.width();
        }
        if (height == Shape.UNKNOWN || width == Shape.UNKNOWN) {
            throw refused(shape, "height and width are open; set the option size");
        }
        if (height < 1 || width < 1) {
            throw refused(shape, "an image must have at least one pixel");
        }
        return new InputLayout(
                height, width, channels, format, shape.with(heightAxis, height).with(widthAxis, width));
    }

    private static IllegalArgumentException refused(Shape shape, String message) {
        return new IllegalArgumentException("the model's input has the shape " + shape + ": " + message);
    }

    /** The number of values in one image. */
    public int valueCount() {
        return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    /** Whether the values of one image are in the order of {@link Pixels}. */
    boolean isInterleaved() {
        return dataFormat == DataFormat.CHANNELS_LAST || channels == 1;
    }

    /** The position of a value among the values of one image. */
    public int index(int x, int y, int channel) {
        return dataFormat == DataFormat.CHANNELS_LAST
                ? (y * width + x) * channels + channel
                : (channel * height + y) * width + x;
    }
}
