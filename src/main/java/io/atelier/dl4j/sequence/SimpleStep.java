package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.TensorFunction;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A step of Keras's SimpleRNNCell. */
public record SimpleStep(
        @JsonProperty("units") int units,
        @JsonProperty("activation") TensorFunction activation) implements CellStep {
    private static final long serialVersionUID = 1;

    @Override
    public int stateCount() {
        return 1;
    }

    @Override
    public List<Traced> after(Traced x, List<Traced> before, Map<String, Traced> weights) {
        Traced ofState = before.get(0).times(Weights.get(weights, "recurrent_kernel"));
        return List.of(x.plus(ofState).apply(activation));
    }
}
