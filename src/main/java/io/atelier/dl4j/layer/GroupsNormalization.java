package io.atelier.dl4j.layer;

import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * {@code gamma * (x - mean) / sqrt(variance + epsilon) + beta} over each group of channels of each example: Keras's
 * GroupNormalization.
 *
 * @param axis of the channels, from the front or, if negative, from the back
 */
public record GroupsNormalization(
        @JsonProperty("groups") int groups,
        @JsonProperty("axis") int axis,
        @JsonProperty("epsilon") double epsilon) implements GraphFunction {
    private static final long serialVersionUID = 1;

    @JsonCreator
    public GroupsNormalization {}

    @Override
    public SDVariable define(SameDiff graph, SDVariable x, Map<String, SDVariable> weights) {
        long[] sizes = x.getShape();
        int channels = Matrices.axes(sizes.length, axis)[0];
        long[] grouped = new long[sizes.length + 1];
        System.arraycopy(sizes, 0, grouped, 0, channels);
        grouped[channels] = groups;
        grouped[channels + 1] = sizes[channels] / groups;
        System.arraycopy(sizes, channels + 1, grouped, channels + 2, sizes.length - channels - 1);
        int[] over =
                IntStream.range(1, grouped.length).filter(i -> i != channels).toArray();
        SDVariable y = x.reshape(grouped);
        SDVariable centered = y.sub(y.mean(true, over));
        SDVariable variance = graph.math().square(centered).mean(true, over);
        SDVariable normalized = centered.div(graph.math().sqrt(variance.add(epsilon)));
        return Broadcasts.scaled(normalized.reshape(sizes), weights, sizes, channels);
    }
}
