package io.atelier.keras.layer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sets whole channels to 0 at random while training, and does nothing in inference: SpatialDropout1D to 3D.
 *
 * @param rank the number of spatial axes, 1 to 3
 * @param rate the share of channels dropped, from 0 to 1
 * @param dataFormat channels_last by default
 * @param seed of the random numbers; empty: a new one every time
 */
public record SpatialDropout(int rank, double rate, DataFormat dataFormat, Optional<Long> seed) implements UnaryLayer {
    public SpatialDropout {
        Require.rate(rate);
        Require.spatialRank(rank);
    }

    /** Which axes share their fate, as Dropout has it: -1 for the input's size. */
    public List<Integer> noiseShape() {
        Integer[] sizes = new Integer[rank + 2];
        Arrays.fill(sizes, 1);
        sizes[0] = -1;
        sizes[dataFormat.channelsAxis(sizes.length)] = -1;
        return List.of(sizes);
    }

    @Override
    public String className() {
        return "SpatialDropout" + rank + "D";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rank(rank + 2, input);
        return input;
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.PASSES;
    }
}
