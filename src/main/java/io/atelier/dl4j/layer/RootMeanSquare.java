package io.atelier.dl4j.layer;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * {@code scale * x / sqrt(mean(x²) + epsilon)} over some axes of each example: Keras's RMSNormalization.
 *
 * @param axes negative ones counted from the back
 */
public record RootMeanSquare(
        @JsonProperty("axes") List<Integer> axes,
        @JsonProperty("epsilon") double epsilon) implements GraphFunction {
    private static final long serialVersionUID = 1;

    @JsonCreator
    public RootMeanSquare {
        axes = List.copyOf(axes);
    }

    @Override
    public SDVariable define(SameDiff graph, SDVariable x, Map<String, SDVariable> weights) {
        int[] over = Matrices.axes(
                x.getShape().length, axes.stream().mapToInt(Integer::intValue).toArray());
        SDVariable square = graph.math().square(x).mean(true, over);
        return x.div(graph.math().sqrt(square.add(epsilon))).mul(Objects.requireNonNull(weights.get("scale")));
    }
}
