package io.atelier.dl4j.layer;

import io.atelier.keras.layer.Margin;
import io.atelier.keras.layer.SlidingWindow;
import io.atelier.keras.layer.TransposedConvolution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Transposed convolution over 1 to 3 spatial axes, as a convolution of the spread input with the reversed kernel: Keras's
 * Conv1DTranspose to Conv3DTranspose.
 *
 * @param filters the number of output channels
 * @param lead for each spatial axis, the zeros in front of the spread input, which the whole kernel would reach over if all
 *     of it were part of the output
 * @param trail the same behind it; negative where some of the spread input is not used
 */
public record ConvolveTransposed(
        @JsonProperty("window") SavedWindow window,
        @JsonProperty("filters") int filters,
        @JsonProperty("lead") List<Integer> lead,
        @JsonProperty("trail") List<Integer> trail)
        implements GraphFunction {
    private static final long serialVersionUID = 1;

    @JsonCreator
    public ConvolveTransposed {
        lead = List.copyOf(lead);
        trail = List.copyOf(trail);
    }

    /** The function of a layer. */
    public static ConvolveTransposed of(TransposedConvolution layer) {
        SlidingWindow window = layer.window();
        List<Integer> lead = new ArrayList<>();
        List<Integer> trail = new ArrayList<>();
        for (int i = 0; i < window.rank(); i++) {
            int reach = window.extent(i) - 1;
            lead.add(reach - layer.cut().get(i).before());
            // Spreading leaves zeros behind the last value as well.
            trail.add(reach
                    - layer.cut().get(i).after()
                    + layer.added().get(i).after()
                    - (window.strides().get(i) - 1));
        }
        return new ConvolveTransposed(SavedWindow.of(window), layer.filters(), lead, trail);
    }

    @Override
    public SDVariable define(SameDiff graph, SDVariable x, Map<String, SDVariable> weights) {
        SlidingWindow sliding = window.window();
        SlidingWindow closeUp = new SlidingWindow(
                sliding.size(),
                Collections.nCopies(sliding.rank(), 1),
                sliding.dilationRate(),
                sliding.padding(),
                sliding.dataFormat());
        Grid input = Grid.of(graph, x, sliding.dataFormat());
        int positions = sliding.size().stream().reduce(1, Math::multiplyExact);
        SDVariable kernel = Objects.requireNonNull(weights.get("kernel")).reshape(positions, filters, input.channels());
        SDVariable reversed = graph.reverse(kernel.permute(0, 2, 1), 0);
        return input.spread(sliding.strides())
                .cropped(margins(-1))
                .padded(margins(1))
                .convolved(reversed, filters, closeUp, 1)
                .plus(weights.get("bias"))
                .in(sliding.dataFormat());
    }

    private List<Margin> margins(int sign) {
        List<Margin> margins = new ArrayList<>();
        for (int i = 0; i < lead.size(); i++) {
            margins.add(new Margin(Math.max(sign * lead.get(i), 0), Math.max(sign * trail.get(i), 0)));
        }
        return margins;
    }
}
