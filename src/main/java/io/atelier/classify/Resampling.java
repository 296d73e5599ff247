package io.atelier.classify;

/**
 * Scales images as Pillow's {@code resize(size, Image.BILINEAR, box)} does: a triangle filter that widens with the scale,
 * so that every source pixel counts, one pass a direction, in fixed-point arithmetic. Equal to the bit where Pillow goes
 * horizontally first, else within one grey level; compared with Pillow 13.0.0.
 *
 * <p>Source: Pillow's src/libImaging/Resample.c. Home-made because Java2D and the libraries on top of it sample two by
 * two pixels a step, which aliases wherever the two directions are not halved equally often.
 */
final class Resampling {
    private static final int PRECISION_BITS = 32 - 8 - 2;

    private Resampling() {}

    /**
     * Scales a part of an image.
     *
     * @param left in source pixels, as the other edges; they may lie within a pixel, and are floats because Pillow's are
     */
    static Pixels resize(Pixels source, int width, int height, float left, float top, float right, float bottom) {
        Pixels wide = source;
        if (width != source.width() || left != 0 || right != source.width()) {
            wide = pass(source, width, left, right, true);
        }
        if (height != source.height() || top != 0 || bottom != source.height()) {
            wide = pass(wide, height, top, bottom, false);
        }
        return wide;
    }

    /** Scales a whole image. */
    static Pixels resize(Pixels source, int width, int height) {
        return resize(source, width, height, 0, 0, source.width(), source.height());
    }

    private static Pixels pass(Pixels source, int size, double from, double to, boolean horizontal) {
        int channels = source.channels();
        int width = horizontal ? size : source.width();
        int height = horizontal ? source.height() : size;
        byte[] values = new byte[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
        byte[] in = source.values();
        int step = horizontal ? channels : source.width() * channels;
        for (int i = 0; i < size; i++) {
            Window window = Window.of(i, size, horizontal ? source.width() : source.height(), from, to);
            int lines = horizontal ? height : width;
            for (int line = 0; line < lines; line++) {
                int start = horizontal ? line * source.width() * channels : line * channels;
                int target = (horizontal ? line * width + i : i * width + line) * channels;
                for (int c = 0; c < channels; c++) {
                    values[target + c] = window.sum(in, start + c, step);
                }
            }
        }
        return new Pixels(width, height, channels, values);
    }

    /** Which source pixels make one target pixel, and how much of each. */
    private record Window(int first, int[] weights) {
        static Window of(int index, int size, int sourceSize, double from, double to) {
            double scale = (to - from) / size;
            double radius = Math.max(scale, 1);
            double center = from + (index + 0.5) * scale;
            int first = Math.max((int) (center - radius + 0.5), 0);
            int end = Math.min((int) (center + radius + 0.5), sourceSize);
            double[] exact = new double[end - first];
            double total = 0;
            for (int i = 0; i < exact.length; i++) {
                // A multiplication by the inverse, as in Pillow: a division would round differently.
                exact[i] = Math.max(1 - Math.abs((i + first - center + 0.5) * (1 / radius)), 0);
                total += exact[i];
            }
            int[] weights = new int[exact.length];
            for (int i = 0; i < weights.length; i++) {
                double weight = total == 0 ? exact[i] : exact[i] / total;
                weights[i] = (int) (0.5 + weight * (1 << PRECISION_BITS));
            }
            return new Window(first, weights);
        }

        byte sum(byte[] values, int start, int step) {
            int sum = 1 << (PRECISION_BITS - 1);
            for (int i = 0, at = start + first * step; i < weights.length; i++, at += step) {
                sum += (values[at] & 0xff) * weights[i];
            }
            return (byte) Math.min(Math.max(sum >> PRECISION_BITS, 0), 255);
        }
    }
}
