package io.atelier.dl4j.sequence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A recurrent layer that leaves steps out: its state stays, and its output is that of the step before.
 *
 * <p>Takes a sequence {@code (batch, time, size)} and its mask {@code (batch, time)}.
 *
 * @param loops that take no initial state
 * @param zeroOutput whether the output of a step that is left out is zero
 */
public record MaskedLoops(
        @JsonProperty("loops") Loops loops,
        @JsonProperty("zeroOutput") boolean zeroOutput) implements TapeFunction {
    private static final long serialVersionUID = 1;

    @Override
    public MaskedLoops dropping(double rate) {
        return new MaskedLoops(loops.dropping(rate), zeroOutput);
    }

    @Override
    public List<Traced> run(Tape tape, List<Traced> inputs, Map<String, Traced> weights) {
        return loops.run(tape, inputs.subList(0, 1), weights, Optional.of(new StepMask(inputs.get(1), zeroOutput)));
    }
}
