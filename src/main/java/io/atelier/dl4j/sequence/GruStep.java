package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.TensorFunction;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A step of Keras's GRUCell.
 *
 * @param resetAfter whether the reset gate multiplies the product with the recurrent kernel, which may then have a bias of its
 *     own, rather than the state
 */
public record GruStep(
        @JsonProperty("units") int units,
        @JsonProperty("activation") TensorFunction activation,
        @JsonProperty("gateActivation") TensorFunction gateActivation,
        @JsonProperty("resetAfter") boolean resetAfter)
        implements CellStep {
    private static final long serialVersionUID = 1;

    @Override
    public int stateCount() {
        return 1;
    }

    @Override
    public List<Traced> after(Traced x, List<Traced> before, Map<String, Traced> weights) {
        Traced h = before.get(0);
        Traced kernel = Weights.get(weights, "recurrent_kernel");
        Traced ofState = resetAfter ? withBias(h.times(kernel), weights) : h.times(kernel.part(1, 0, 2L * units));
        Traced update = gate(x, 0).plus(gate(ofState, 0)).apply(gateActivation);
        Traced reset = gate(x, 1).plus(gate(ofState, 1)).apply(gateActivation);
        Traced taken = resetAfter
                ? reset.scaledBy(gate(ofState, 2))
                : reset.scaledBy(h).times(gate(kernel, 2));
        Traced candidate = gate(x, 2).plus(taken).apply(activation);
        return List.of(candidate.plus(update.scaledBy(h.minus(candidate))));
    }

    private static Traced withBias(Traced ofState, Map<String, Traced> weights) {
        return Weights.find(weights, "bias")
                .map(bias -> ofState.plusRow(bias.part(0, 1, 2)))
                .orElse(ofState);
    }

    private Traced gate(Traced columns, long index) {
        return columns.part(1, index * units, (index + 1) * units);
    }
}
