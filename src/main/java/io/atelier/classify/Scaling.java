package io.atelier.classify;

import java.util.Arrays;

/**
 * How a pixel's value from 0 to 255 becomes the number that the model takes. Immutable and thread-safe.
 *
 * <p>Computed in 32-bit floats as Python does, so that the model sees the same bits.
 */
public final class Scaling {
    /** {@code x / 255}: numbers from 0 to 1. */
    public static final Scaling BY_255 = new Scaling("x / 255", byDivision());
    /** {@code x}: numbers from 0 to 255, for models that scale by themselves. */
    public static final Scaling NONE = affine(1, 0);

    private final String formula;
    private final float[] values;

    private Scaling(String formula, float[] values) {
        this.formula = formula;
        this.values = values;
    }

    /**
     * {@code x * scale + offset}, as Keras's Rescaling layer: {@code affine(1 / 127.5, -1)} gives numbers from -1 to 1.
     *
     * @throws IllegalArgumentException if scale is 0 or one of the two is not finite
     */
    public static Scaling affine(double scale, double offset) {
        if (!Double.isFinite(scale) || !Double.isFinite(offset) || (float) scale == 0) {
            throw new IllegalArgumentException(
                    "scale and offset must be finite and scale not 0; received scale=" + scale + ", offset=" + offset);
        }
        float[] values = new float[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * (float) scale + (float) offset;
        }
        return new Scaling("x * " + scale + " + " + offset, values);
    }

    private static float[] byDivision() {
        float[] values = new float[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 255f;
        }
        return values;
    }

    /** The number for a pixel's value, which is taken as unsigned. */
    public float apply(byte pixel) {
        return values[pixel & 0xff];
    }

    /** Writes the numbers for all of these pixels into an array, from {@code offset}. */
    void apply(byte[] pixels, float[] numbers, int offset) {
        for (int i = 0; i < pixels.length; i++) {
            numbers[offset + i] = values[pixels[i] & 0xff];
        }
    }

    /** The smallest number a pixel can become. */
    public float min() {
        return Math.min(values[0], values[255]);
    }

    /** The largest number a pixel can become. */
    public float max() {
        return Math.max(values[0], values[255]);
    }

    /** Equal if every pixel value becomes the same number. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Scaling scaling && Arrays.equals(values, scaling.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** The formula: {@code x / 255}. */
    @Override
    public String toString() {
        return formula;
    }
}
