package io.atelier.keras.layer;

/**
 * How values between those of a picture of another size are found.
 *
 * <p>Pixels are areas, not points: the middle of the first pixel of a larger picture lies before that of the first pixel of a
 * smaller one. Source: tensorflow/core/kernels/image, with half_pixel_centers and without antialias.
 */
public enum Interpolation implements Named {
    /** The value that is nearest. */
    NEAREST {
        @Override
        void weigh(float[][] weights, int output, float position, int from) {
            weights[Math.min((int) Math.floor(position + 0.5f), from - 1)][output] = 1;
        }
    },
    /** The mean of the nearest two along each axis, weighted by distance. */
    BILINEAR {
        @Override
        void weigh(float[][] weights, int output, float position, int from) {
            int below = (int) Math.floor(position);
            float share = position - below;
            weights[Math.max(below, 0)][output] += 1 - share;
            weights[Math.min((int) Math.ceil(position), from - 1)][output] += share;
        }
    },
    /** Cubic polynomials through the nearest four along each axis, whose weights are looked up in a table of 1024 steps. */
    BICUBIC {
        @Override
        void weigh(float[][] weights, int output, float position, int from) {
            int below = (int) Math.floor(position);
            int step = (int) Math.rint((position - below) * CUBIC_STEPS);
            float[] near = {outer(step), inner(step), inner(CUBIC_STEPS - step), outer(CUBIC_STEPS - step)};
            float sum = 0;
            for (int i = 0; i < near.length; i++) {
                int place = below - 1 + i;
                if (place >= 0 && place < from) {
                    weights[place][output] = near[i];
                    sum += near[i];
                }
            }
            for (float[] row : weights) {
                row[output] /= sum;
            }
        }
    };

    private static final int CUBIC_STEPS = 1024;
    private static final double CUBIC = -0.5;

    private static float inner(int step) {
        double x = step / (double) CUBIC_STEPS;
        return (float) (((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1);
    }

    private static float outer(int step) {
        double x = step / (double) CUBIC_STEPS + 1;
        return (float) (((CUBIC * x - 5 * CUBIC) * x + 8 * CUBIC) * x - 4 * CUBIC);
    }

    /** How much of each input (row) is in each output (column) along one axis. */
    public float[][] weights(int from, int to) {
        float[][] weights = new float[from][to];
        float scale = (float) from / to;
        for (int output = 0; output < to; output++) {
            weigh(weights, output, (output + 0.5f) * scale - 0.5f, from);
        }
        return weights;
    }

    abstract void weigh(float[][] weights, int output, float position, int from);
}
