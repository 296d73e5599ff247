package io.atelier.dl4j.layer;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * {@code gamma * (x - mean) / sqrt(variance + epsilon) + beta} over some axes of each example: Keras's
 * LayerNormalization.
 *
 * @param axes negative ones counted from the back, in the order of the weights' axes
 * @param keepsMean whether the mean is not taken off, though the variance is still about it
 */
public record AxesNormalization(
        @JsonProperty("axes") List<Integer> axes,
        @JsonProperty("epsilon") double epsilon,
        @JsonProperty("keepsMean") boolean keepsMean)
        implements GraphFunction {
    private static final long serialVersionUID = 1;

    @JsonCreator
    public AxesNormalization {
        axes = List.copyOf(axes);
    }

    @Override
    public SDVariable define(SameDiff graph, SDVariable x, Map<String, SDVariable> weights) {
        long[] sizes = x.getShape();
        int[] over = Matrices.axes(
                sizes.length, axes.stream().mapToInt(Integer::intValue).toArray());
        SDVariable centered = x.sub(x.mean(true, over));
        SDVariable variance = graph.math().square(centered).mean(true, over);
        SDVariable y = (keepsMean ? x : centered).div(graph.math().sqrt(variance.add(epsilon)));
        return Broadcasts.scaled(y, weights, sizes, over);
    }
}
