package io.atelier.keras.layer;

import java.util.List;

/**
 * The number of the bin that a value is in, or vectors of it.
 *
 * <p>A value on a boundary is in the bin above it. Source: keras/src/layers/preprocessing/discretization.py.
 *
 * @param binBoundaries between the bins, ascending
 * @param mode int by default
 */
public record Discretization(List<Double> binBoundaries, EncodingMode mode) implements UnaryLayer {
    public Discretization {
        binBoundaries = List.copyOf(binBoundaries);
        if (!binBoundaries.stream().sorted().toList().equals(binBoundaries)) {
            throw new IllegalArgumentException("bin_boundaries must be ascending; received " + binBoundaries);
        }
    }

    @Override
    public String className() {
        return "Discretization";
    }

    @Override
    public Shape outputShape(Shape input) {
        return mode.outputShape(input, bins());
    }

    /** How many bins there are. */
    public int bins() {
        return binBoundaries.size() + 1;
    }
}
