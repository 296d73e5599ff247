package io.atelier.keras.layer;

import java.util.List;
import java.util.Optional;

/**
 * {@code (x - mean) / sqrt(variance)} with the mean and variance of the data the layer was adapted to, or with given ones.
 *
 * <p>Weights, unless they are given: mean and variance, with the sizes of the kept axes in ascending order, and count, a
 * scalar that changes nothing. Source: keras/src/layers/preprocessing/normalization.py.
 *
 * @param axes that keep their own mean and variance; the last by default, none for one of each
 * @param given mean and variance of the config; empty if the layer was adapted
 * @param invert whether the normalization is undone: {@code mean + x * sqrt(variance)}; false by default
 */
public record Normalization(List<Integer> axes, Optional<Statistics> given, boolean invert) implements UnaryLayer {
    /** The least that is divided by: {@code keras.backend.epsilon()}. */
    public static final double SMALLEST_DEVIATION = 1e-7;

    /**
     * Mean and variance as a config gives them.
     *
     * @param mean one value, or one for each index of the last kept axis
     * @param variance as many
     */
    public record Statistics(List<Double> mean, List<Double> variance) {
        public Statistics {
            mean = List.copyOf(mean);
            variance = List.copyOf(variance);
            if (mean.isEmpty() || mean.size() != variance.size()) {
                throw new IllegalArgumentException(
                        "mean and variance must have the same number of values; received mean=" + mean + ", variance="
                                + variance);
            }
        }
    }

    public Normalization {
        axes = List.copyOf(axes);
    }

    @Override
    public String className() {
        return "Normalization";
    }

    @Override
    public Shape outputShape(Shape input) {
        List<Integer> kept = keptAxes(input);
        given.filter(statistics -> statistics.mean().size() > 1).ifPresent(statistics -> {
            if (kept.isEmpty()
                    || input.size(kept.get(kept.size() - 1))
                            != statistics.mean().size()) {
                throw new IllegalArgumentException(
                        "mean has " + statistics.mean().size()
                                + " values, one for each index of the last of the axes " + axes
                                + "; received an input of shape " + input);
            }
        });
        return input;
    }

    /** The kept axes from the front, ascending. */
    public List<Integer> keptAxes(Shape input) {
        return axes.stream().map(input::axisIndex).sorted().toList();
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        if (given.isPresent()) {
            return List.of();
        }
        int[] sizes = keptAxes(input).stream()
                .mapToInt(axis -> Require.knownAxis(input, axis))
                .toArray();
        return List.of(WeightSpec.fixed("mean", sizes), WeightSpec.fixed("variance", sizes), WeightSpec.fixed("count"));
    }

    /** The axes along which mean and variance lie: of one value, none. */
    public List<Integer> statisticsAxes(Shape input) {
        List<Integer> kept = keptAxes(input);
        return given.map(statistics ->
                        statistics.mean().size() == 1 ? List.<Integer>of() : kept.subList(kept.size() - 1, kept.size()))
                .orElse(kept);
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.PASSES;
    }
}
