package io.atelier.classify;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Arrays;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * An opaque image of one (grey) or three (red, green, blue) channels of a byte each, interleaved by row.
 *
 * <p>The arrays are shared, not copied: package-private, and nobody writes to one after making it.
 */
record Pixels(int width, int height, int channels, byte[] values) {
    int at(int x, int y, int channel) {
        return values[(y * width + x) * channels + channel] & 0xff;
    }

    /**
     * Takes the pixels out of an image, on a background where it is transparent.
     *
     * @param channels 1 for grey, 3 for colour
     */
    static Pixels of(BufferedImage image, int channels, Color background) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] values = new byte[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
        Row row = Row.of(image);
        int[] argb = new int[width];
        for (int y = 0, i = 0; y < height; y++) {
            row.read(y, argb);
            for (int x = 0; x < width; x++) {
                int alpha = argb[x] >>> 24;
                int red = over((argb[x] >> 16) & 0xff, alpha, background.getRed());
                int green = over((argb[x] >> 8) & 0xff, alpha, background.getGreen());
                int blue = over(argb[x] & 0xff, alpha, background.getBlue());
                if (channels == 1) {
                    values[i++] = (byte) grey(red, green, blue);
                } else {
                    values[i++] = (byte) red;
                    values[i++] = (byte) green;
                    values[i++] = (byte) blue;
                }
            }
        }
        return new Pixels(width, height, channels, values);
    }

    /** The image for ImageIO. */
    BufferedImage toImage() {
        if (channels == 1) {
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setDataElements(0, 0, width, height, values);
            return image;
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, at(x, y, 0) << 16 | at(x, y, 1) << 8 | at(x, y, 2));
            }
        }
        return image;
    }

    /** Rec. 601 in Pillow's fixed-point arithmetic (libImaging/Convert.c, L24). */
    static int grey(int red, int green, int blue) {
        return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
    }

    private static int over(int colour, int alpha, int background) {
        return (colour * alpha + background * (255 - alpha) + 127) / 255;
    }

    /** The image as it is meant to be seen, from the order in which a camera stored it. */
    Pixels upright(Orientation orientation) {
        boolean transposed = orientation.ordinal() >= Orientation.LEFT_TOP.ordinal();
        int newWidth = transposed ? height : width;
        int newHeight = transposed ? width : height;
        if (orientation == Orientation.TOP_LEFT) {
            return this;
        }
        byte[] turned = new byte[values.length];
        for (int y = 0, i = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                // The names say where the stored first row and first column are to be seen.
                int from = switch (orientation) {
                    case TOP_LEFT -> y * width + x;
                    case TOP_RIGHT -> y * width + (width - 1 - x);
                    case BOTTOM_RIGHT -> (height - 1 - y) * width + (width - 1 - x);
                    case BOTTOM_LEFT -> (height - 1 - y) * width + x;
                    case LEFT_TOP -> x * width + y;
                    case RIGHT_TOP -> (height - 1 - x) * width + y;
                    case RIGHT_BOTTOM -> (height - 1 - x) * width + (width - 1 - y);
                    case LEFT_BOTTOM -> x * width + (width - 1 - y);
                };
                for (int c = 0; c < channels; c++) {
                    turned[i++] = values[from * channels + c];
                }
            }
        }
        return new Pixels(newWidth, newHeight, channels, turned);
    }

    /** Whether the outermost rows and columns have a mean grey value above 127. */
    boolean hasLightBorder() {
        long[] sum = new long[2];
        forEachBorderPixel((x, y) -> {
            sum[0] += channels == 1 ? at(x, y, 0) : grey(at(x, y, 0), at(x, y, 1), at(x, y, 2));
            sum[1]++;
        });
        return sum[0] > 127 * sum[1];
    }

    /** The median of the outermost rows and columns, by channel. */
    byte[] borderColour() {
        byte[] colour = new byte[channels];
        for (int channel = 0; channel < channels; channel++) {
            int c = channel;
            int[] counts = new int[257];
            forEachBorderPixel((x, y) -> {
                counts[at(x, y, c)]++;
                counts[256]++;
            });
            int value = 0;
            for (int seen = counts[0]; seen * 2L < counts[256]; seen += counts[value]) {
                value++;
            }
            colour[c] = (byte) value;
        }
        return colour;
    }

    private interface PixelVisitor {
        void visit(int x, int y);
    }

    private void forEachBorderPixel(PixelVisitor visitor) {
        for (int y = 0; y < height; y++) {
            int step = y == 0 || y == height - 1 || width == 1 ? 1 : width - 1;
            for (int x = 0; x < width; x += step) {
                visitor.visit(x, y);
            }
        }
    }

    /** The image in the middle of a larger one. */
    Pixels padded(int newWidth, int newHeight, byte[] colour) {
        byte[] padded = new byte[newWidth * newHeight * channels];
        for (int i = 0; i < padded.length; i++) {
            padded[i] = colour[i % channels];
        }
        // rint, because Python rounds a half to the even number.
        int left = (int) Math.rint((newWidth - width) * 0.5);
        int top = (int) Math.rint((newHeight - height) * 0.5);
        for (int y = 0; y < height; y++) {
            int to = ((y + top) * newWidth + left) * channels;
            System.arraycopy(values, y * width * channels, padded, to, width * channels);
        }
        return new Pixels(newWidth, newHeight, channels, padded);
    }

    /** A grey image as one of several channels that are all alike. */
    Pixels repeated(int newChannels) {
        byte[] repeated = new byte[values.length * newChannels];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = values[i / newChannels];
        }
        return new Pixels(width, height, newChannels, repeated);
    }

    Pixels inverted() {
        byte[] inverted = values.clone();
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) (255 - (inverted[i] & 0xff));
        }
        return new Pixels(width, height, channels, inverted);
    }

    /** Reads rows of an image as {@code 0xAARRGGBB}. */
    private interface Row {
        void read(int y, int[] argb);

        /**
         * BufferedImage.getRGB treats grey samples as linear light and brightens them (128 becomes 188), and it converts
         * through colour profiles, which Python does not; where the samples are bytes, or grey, they are taken as stored.
         */
        static Row of(BufferedImage image) {
            ColorModel model = image.getColorModel();
            int type = model.getColorSpace().getType();
            int bytes = image.getRaster().getDataBuffer().getDataType();
            boolean grey =
                    type == ColorSpace.TYPE_GRAY && (bytes == DataBuffer.TYPE_BYTE || bytes == DataBuffer.TYPE_USHORT);
            boolean colour = type == ColorSpace.TYPE_RGB && bytes == DataBuffer.TYPE_BYTE;
            boolean plain = model instanceof ComponentColorModel && !model.isAlphaPremultiplied();
            boolean whole = Arrays.stream(model.getComponentSize()).allMatch(size -> size == 8 || size == 16);
            if (plain && whole && (grey || colour)) {
                return new SampleRow(
                        image.getRaster(), grey ? 1 : 3, model.hasAlpha(), bytes == DataBuffer.TYPE_USHORT);
            }
            return (y, argb) -> image.getRGB(0, y, argb.length, 1, argb, 0, argb.length);
        }
    }

    private record SampleRow(Raster raster, int colours, boolean alpha, boolean wide) implements Row {
        @Override
        public void read(int y, int[] argb) {
            int bands = raster.getNumBands();
            int[] samples = raster.getPixels(raster.getMinX(), raster.getMinY() + y, argb.length, 1, (int[]) null);
            for (int x = 0, i = 0; x < argb.length; x++, i += bands) {
                int red = eight(samples[i]);
                int green = colours == 1 ? red : eight(samples[i + 1]);
                int blue = colours == 1 ? red : eight(samples[i + 2]);
                int opacity = alpha ? eight(samples[i + colours]) : 255;
                argb[x] = opacity << 24 | red << 16 | green << 8 | blue;
            }
        }

        private int eight(int sample) {
            return wide ? (sample + 128) / 257 : sample;
        }
    }
}
