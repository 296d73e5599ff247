package io.atelier.keras.layer;

/**
 * Keeps one value of every channel: GlobalMaxPooling1D to 3D, GlobalAveragePooling1D to 3D.
 *
 * <p>Shapes for rank 2, {@code channels_last}: input {@code (batch, height, width, channels)}, output
 * {@code (batch, channels)}, or {@code (batch, 1, 1, channels)} with {@code keepdims}.
 *
 * @param kind the largest or the mean value
 * @param rank the number of spatial axes, 1 to 3
 * @param dataFormat channels_last by default
 * @param keepdims whether the spatial axes stay, with size 1; false by default
 */
public record GlobalPooling(PoolingKind kind, int rank, DataFormat dataFormat, boolean keepdims) implements UnaryLayer {
    public GlobalPooling {
        Require.spatialRank(rank);
    }

    @Override
    public String className() {
        return (kind == PoolingKind.MAX ? "GlobalMaxPooling" : "GlobalAveragePooling") + rank + "D";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rank(rank + 2, input);
        int channels = input.size(dataFormat.channelsAxis(input.rank()));
        if (!keepdims) {
            return Shape.of(input.size(0), channels);
        }
        Shape output = input;
        for (int i = 0; i < rank; i++) {
            output = output.with(dataFormat.firstSpatialAxis() + i, 1);
        }
        return output;
    }

    @Override
    public MaskUse maskUse() {
        return kind == PoolingKind.AVERAGE && rank == 1 ? MaskUse.USES : MaskUse.DROPS;
    }
}
