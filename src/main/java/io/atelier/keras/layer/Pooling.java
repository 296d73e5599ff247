package io.atelier.keras.layer;

/**
 * Keeps one value of every window: MaxPooling1D to 3D, AveragePooling1D to 3D.
 *
 * <p>Shapes for rank 2, {@code channels_last}: input {@code (batch, height, width, channels)}, output
 * {@code (batch, newHeight, newWidth, channels)} with the sizes of {@link SlidingWindow}. Padding never counts: a mean is
 * that of the values under the window. Source: keras/src/layers/pooling/base_pooling.py.
 *
 * @param kind the largest or the mean value
 * @param window the pool's size, strides (the size by default), padding and data format; without dilation
 */
public record Pooling(PoolingKind kind, SlidingWindow window) implements UnaryLayer {
    public Pooling {
        Require.notCausal(window);
        if (window.dilationRate().stream().anyMatch(rate -> rate > 1)) {
            throw new IllegalArgumentException("pooling has no dilation; received " + window.dilationRate());
        }
    }

    @Override
    public String className() {
        return (kind == PoolingKind.MAX ? "MaxPooling" : "AveragePooling") + window.rank() + "D";
    }

    @Override
    public Shape outputShape(Shape input) {
        return window.outputShape(input);
    }
}
