package io.atelier.classify;

import io.atelier.keras.KerasModel;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.Shape;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Turns images into the numbers a model takes, by the options of a {@link Preprocessing}. Immutable and thread-safe. */
public final class Preprocessor {
    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);

    private final InputLayout layout;
    private final Preprocessing options;
    private final Scaling scaling;

    /**
     * The preprocessing for a model.
     *
     * @throws IllegalArgumentException if the model does not take one image, or does not fit the options
     */
    public Preprocessor(KerasModel model, Preprocessing options) {
        this.layout = InputLayout.of(model, options);
        this.options = options;
        boolean scales = model.layers().stream()
                .anyMatch(layer -> layer.config() instanceof Rescaling rescaling && dividesPixels(rescaling));
        this.scaling = options.scaling().orElse(scales ? Scaling.NONE : Scaling.BY_255);
        if (scales && scaling.max() <= 1) {
            throw new IllegalArgumentException("the option scaling is " + scaling
                    + ", and the model's Rescaling layer scales pixels itself: the model would see only black; use"
                    + " Scaling.NONE");
        }
    }

    private static boolean dividesPixels(Rescaling rescaling) {
        return rescaling.scale().stream().allMatch(scale -> Math.abs(scale) <= 1 / 50.0);
    }

    /** How the numbers of an image lie. */
    public InputLayout layout() {
        return layout;
    }

    /** The options. */
    public Preprocessing options() {
        return options;
    }

    Scaling scaling() {
        return scaling;
    }

    /** The shape of a batch of images. */
    public Shape batchShape(int images) {
        return layout.batchShape().with(0, images);
    }

    /** The most images a batch may have: 1 for a model whose input shape says so, else any number. */
    public int maxBatch() {
        return layout.batchShape().size(0) == 1 ? 1 : Integer.MAX_VALUE;
    }

    /** How many numbers one image becomes. */
    public int valueCount() {
        return layout.valueCount();
    }

    /**
     * Writes the numbers of one image into a batch.
     *
     * @param source what messages call the image
     * @param batch of images one after the other, {@link #valueCount()} numbers each
     * @param offset of the image's first number
     * @throws InvalidImageException if the image cannot be read or does not fit the model; the batch may have changed
     */
    public void write(ImageInput input, String source, float[] batch, int offset) {
        if (input instanceof ImageInput.Values values) {
            write(values.values(), source, batch, offset);
        } else {
            write(pixels(input, source), batch, offset);
        }
    }

    /**
     * One image as the model sees it: of the model's size, grey or RGB, inverted if need be, before its pixels are scaled.
     *
     * @param source what messages call the image
     * @throws InvalidImageException if the image cannot be read, or is given as numbers
     */
    public BufferedImage view(ImageInput input, String source) {
        return pixels(input, source).toImage();
    }

    private Pixels pixels(ImageInput input, String source) {
        ImageDecoder decoder = new ImageDecoder(source, options.limits());
        if (input instanceof ImageInput.Picture picture) {
            return prepare(Pixels.of(picture.image(), layout.channels(), options.background()));
        } else if (input instanceof ImageInput.File file) {
            return prepare(decoder.decode(file.path(), layout.channels(), options.background()));
        } else if (input instanceof ImageInput.Stream stream) {
            return prepare(decoder.decode(stream.stream(), layout.channels(), options.background()));
        } else if (input instanceof ImageInput.Grey grey) {
            return grey(grey.values(), source);
        }
        throw new InvalidImageException(source, "expected a picture; received numbers");
    }

    private Pixels prepare(Pixels image) {
        boolean invert = switch (options.inversion()) {
            case NEVER -> false;
            case ALWAYS -> true;
            case AUTO -> image.hasLightBorder();
        };
        Pixels fitted = fit(image);
        return invert ? fitted.inverted() : fitted;
    }

    private Pixels fit(Pixels image) {
        int width = layout.width();
        int height = layout.height();
        if (image.width() == width && image.height() == height) {
            return image;
        }
        return switch (options.fit()) {
            case STRETCH -> Resampling.resize(image, width, height);
            case CROP -> crop(image, width, height);
            case LETTERBOX -> letterbox(image, width, height);
        };
    }

    private static Pixels crop(Pixels image, int width, int height) {
        double proportions = (double) width / height;
        double cropWidth = Math.min(image.width(), proportions * image.height());
        double cropHeight = Math.min(image.height(), image.width() / proportions);
        double left = (image.width() - cropWidth) * 0.5;
        double top = (image.height() - cropHeight) * 0.5;
        return Resampling.resize(image, width, height, (float) left, (float) top, (float) (left + cropWidth), (float)
                (top + cropHeight));
    }

    private static Pixels letterbox(Pixels image, int width, int height) {
        int newWidth = width;
        int newHeight = height;
        if ((double) image.width() / image.height() > (double) width / height) {
            newHeight = Math.max(1, (int) Math.rint((double) image.height() / image.width() * width));
        } else {
            newWidth = Math.max(1, (int) Math.rint((double) image.width() / image.height() * height));
        }
        // The colour is taken before scaling: the scaled border of a thin image is mostly what touches the border.
        return Resampling.resize(image, newWidth, newHeight).padded(width, height, image.borderColour());
    }

    private Pixels grey(byte[] values, String source) {
        int expected = layout.height() * layout.width();
        if (values.length > PNG.length && Arrays.equals(values, 0, PNG.length, PNG, 0, PNG.length)) {
            throw new InvalidImageException(
                    source, "expected " + expected + " grey values; received a PNG file; pass it as an InputStream");
        }
        if (values.length != expected) {
            throw new InvalidImageException(
                    source,
                    "expected " + expected + " grey values (" + layout.height() + " x " + layout.width()
                            + "); received " + values.length
                            + "; if they are an encoded image file, pass it as an InputStream");
        }
        // The caller's own array, which is read before the call returns.
        Pixels pixels = new Pixels(layout.width(), layout.height(), 1, values);
        return layout.channels() == 1 ? pixels : pixels.repeated(layout.channels());
    }

    private void write(Pixels pixels, float[] batch, int offset) {
        if (layout.isInterleaved()) {
            scaling.apply(pixels.values(), batch, offset);
            return;
        }
        for (int y = 0, i = 0; y < layout.height(); y++) {
            for (int x = 0; x < layout.width(); x++) {
                for (int c = 0; c < layout.channels(); c++) {
                    batch[offset + layout.index(x, y, c)] = scaling.apply(pixels.values()[i++]);
                }
            }
        }
    }

    private void write(float[][] rows, String source, float[] batch, int offset) {
        if (layout.channels() != 1) {
            throw new InvalidImageException(
                    source, "float[][] is a grey image; the model takes colour; pass a BufferedImage");
        }
        if (rows.length != layout.height()) {
            throw new InvalidImageException(
                    source,
                    "expected " + layout.height() + " rows of " + layout.width() + " values; received " + rows.length
                            + " rows");
        }
        for (int y = 0; y < rows.length; y++) {
            float[] row = rows[y];
            if (row.length != layout.width()) {
                throw new InvalidImageException(
                        source, "expected " + layout.width() + " values in row " + y + "; received " + row.length);
            }
            for (int x = 0; x < row.length; x++) {
                batch[offset + layout.index(x, y, 0)] = checked(row[x], x, y, source);
            }
        }
    }

    /** Refuses what no pixel becomes by scaling: numbers from 0 to 255 for a model that takes 0 to 1, above all. */
    private float checked(float value, int x, int y, String source) {
        float tolerance = (scaling.max() - scaling.min()) / 100;
        if (!(value >= scaling.min() - tolerance && value <= scaling.max() + tolerance)) {
            throw new InvalidImageException(
                    source,
                    "expected numbers from " + scaling.min() + " to " + scaling.max() + ", scaled by " + scaling
                            + "; received " + value + " in row " + y + ", column " + x);
        }
        return value;
    }
}
