package io.atelier.keras.layer;

import java.util.List;

/**
 * Pools to a given size: AdaptiveAveragePooling1D to 3D, AdaptiveMaxPooling1D to 3D.
 *
 * <p>Along each axis the value i of n is of the input's values from {@code floor(i * size / n)} up to
 * {@code ceil((i + 1) * size / n)}; neighbouring windows may overlap. Source: keras/src/layers/pooling.
 *
 * @param kind the largest or the mean value
 * @param outputSize one for each spatial axis, of which there are 1 to 3
 * @param dataFormat channels_last by default
 */
public record AdaptivePooling(PoolingKind kind, List<Integer> outputSize, DataFormat dataFormat) implements UnaryLayer {
    public AdaptivePooling {
        Require.spatialRank(outputSize.size());
        outputSize = Require.positive("output_size", outputSize, outputSize.size());
    }

    @Override
    public String className() {
        return (kind == PoolingKind.MAX ? "AdaptiveMaxPooling" : "AdaptiveAveragePooling") + outputSize.size() + "D";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rank(outputSize.size() + 2, input);
        Shape output = input;
        for (int i = 0; i < outputSize.size(); i++) {
            int axis = dataFormat.firstSpatialAxis() + i;
            Require.knownAxis(input, axis);
            output = output.with(axis, outputSize.get(i));
        }
        return output;
    }

    /** The first value of a window. */
    public static int start(int output, int from, int to) {
        return Math.toIntExact((long) output * from / to);
    }

    /** One after the last value of a window. */
    public static int end(int output, int from, int to) {
        return Math.toIntExact(((output + 1L) * from + to - 1) / to);
    }

    /** How much of each input (row) is in the mean of each window (column) along one axis. */
    public static float[][] weights(int from, int to) {
        float[][] weights = new float[from][to];
        for (int output = 0; output < to; output++) {
            int end = end(output, from, to);
            for (int i = start(output, from, to); i < end; i++) {
                weights[i][output] = 1f / (end - start(output, from, to));
            }
        }
        return weights;
    }
}
