package io.atelier.dl4j.layer;

import io.atelier.keras.layer.SlidingWindow;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Convolution over 1 to 3 spatial axes, in groups: Keras's Conv1D to Conv3D, and DepthwiseConv1D and 2D, which have a group for
 * each channel.
 *
 * @param filters the number of output channels
 */
public record Convolve(
        @JsonProperty("window") SavedWindow window,
        @JsonProperty("filters") int filters,
        @JsonProperty("groups") int groups)
        implements GraphFunction {
    private static final long serialVersionUID = 1;

    @Override
    public SDVariable define(SameDiff graph, SDVariable x, Map<String, SDVariable> weights) {
        SlidingWindow sliding = window.window();
        Grid convolved = Grid.of(graph, x, sliding.dataFormat())
                .padded(window.margins(x.getShape()))
                .convolved(Objects.requireNonNull(weights.get("kernel")), filters, sliding, groups);
        return convolved.plus(weights.get("bias")).in(sliding.dataFormat());
    }
}
