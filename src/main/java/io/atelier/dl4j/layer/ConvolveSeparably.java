package io.atelier.dl4j.layer;

import io.atelier.keras.layer.SlidingWindow;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Convolution of each channel by itself, and a mixture of the results: Keras's SeparableConv1D and 2D.
 *
 * @param depthMultiplier the number of results of each channel
 * @param filters the number of output channels
 */
public record ConvolveSeparably(
        @JsonProperty("window") SavedWindow window,
        @JsonProperty("depthMultiplier") int depthMultiplier,
        @JsonProperty("filters") int filters)
        implements GraphFunction {
    private static final long serialVersionUID = 1;

    @Override
    public SDVariable define(SameDiff graph, SDVariable x, Map<String, SDVariable> weights) {
        SlidingWindow sliding = window.window();
        Grid padded = Grid.of(graph, x, sliding.dataFormat()).padded(window.margins(x.getShape()));
        int channels = Math.toIntExact(padded.channels());
        return padded.convolved(
                        Objects.requireNonNull(weights.get("depthwise_kernel")),
                        padded.channels() * depthMultiplier,
                        sliding,
                        channels)
                .convolved(Objects.requireNonNull(weights.get("pointwise_kernel")), filters, sliding.ofSizeOne(), 1)
                .plus(weights.get("bias"))
                .in(sliding.dataFormat());
    }
}
