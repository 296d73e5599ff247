package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.TensorFunction;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A step of Keras's LSTMCell. */
public record LstmStep(
        @JsonProperty("units") int units,
        @JsonProperty("activation") TensorFunction activation,
        @JsonProperty("gateActivation") TensorFunction gateActivation)
        implements CellStep {
    private static final long serialVersionUID = 1;

    @Override
    public int stateCount() {
        return 2;
    }

    @Override
    public List<Traced> after(Traced x, List<Traced> before, Map<String, Traced> weights) {
        Traced sums = x.plus(before.get(0).times(Weights.get(weights, "recurrent_kernel")));
        Traced in = gate(sums, 0).apply(gateActivation);
        Traced forget = gate(sums, 1).apply(gateActivation);
        Traced candidate = gate(sums, 2).apply(activation);
        Traced out = gate(sums, 3).apply(gateActivation);
        Traced c = forget.scaledBy(before.get(1)).plus(in.scaledBy(candidate));
        return List.of(out.scaledBy(c.apply(activation)), c);
    }

    private Traced gate(Traced sums, long index) {
        return sums.part(1, index * units, (index + 1) * units);
    }
}
