package io.atelier.dl4j.layer;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * {@code (x - mean) / max(sqrt(variance), smallest)}, or the inverse, for statistics that are known before: Keras's
 * Normalization.
 *
 * @param axes along which the statistics lie, counted from the front
 * @param mean as the config gives it; empty if it is a weight
 * @param variance as the config gives it; empty if it is a weight
 * @param smallest the least deviation
 * @param invert whether the normalization is undone
 */
public record KnownStatistics(
        @JsonProperty("axes") List<Integer> axes,
        @JsonProperty("mean") List<Double> mean,
        @JsonProperty("variance") List<Double> variance,
        @JsonProperty("smallest") double smallest,
        @JsonProperty("invert") boolean invert)
        implements GraphFunction {
    private static final long serialVersionUID = 1;

    @JsonCreator
    public KnownStatistics {
        axes = List.copyOf(axes);
        mean = List.copyOf(mean);
        variance = List.copyOf(variance);
    }

    @Override
    public SDVariable define(SameDiff graph, SDVariable x, Map<String, SDVariable> weights) {
        int[] along = axes.stream().mapToInt(Integer::intValue).toArray();
        long[] sizes = x.getShape();
        SDVariable center = Broadcasts.along(statistic(graph, weights, "mean", mean), sizes, along);
        SDVariable deviation =
                graph.math().sqrt(Broadcasts.along(statistic(graph, weights, "variance", variance), sizes, along));
        SDVariable divisor = graph.math().max(deviation, graph.constant((float) smallest));
        SDVariable y = invert ? x.mul(divisor).add(center) : x.sub(center).div(divisor);
        SDVariable count = weights.get("count");
        // SameDiff has no gradient for a weight that nothing uses.
        return count == null ? y : y.add(count.mul(0));
    }

    private static SDVariable statistic(
            SameDiff graph, Map<String, SDVariable> weights, String name, List<Double> given) {
        if (given.isEmpty()) {
            return Objects.requireNonNull(weights.get(name));
        }
        float[] values = new float[given.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = given.get(i).floatValue();
        }
        return graph.constant(Nd4j.create(values, new long[] {values.length}, 'c'));
    }
}
