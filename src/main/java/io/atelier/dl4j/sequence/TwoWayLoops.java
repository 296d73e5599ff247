package io.atelier.dl4j.sequence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Two recurrent layers over one sequence, of which one goes back: Keras's Bidirectional.
 *
 * @param forward the names of its weights begin with {@code forward/}
 * @param backward with {@code backward/}; its outputs are merged with those of the same steps
 */
public record TwoWayLoops(
        @JsonProperty("forward") CellLoops forward,
        @JsonProperty("backward") CellLoops backward,
        @JsonProperty("merge") Merge merge)
        implements Loops {
    private static final long serialVersionUID = 1;

    /** How the outputs of both become one. */
    public enum Merge {
        CONCAT,
        SUM,
        AVE,
        MUL,
        NONE
    }

    @Override
    public TwoWayLoops dropping(double rate) {
        return new TwoWayLoops(forward.dropping(rate), backward.dropping(rate), merge);
    }

    @Override
    public List<Traced> run(Tape tape, List<Traced> inputs, Map<String, Traced> weights, Optional<StepMask> mask) {
        int states = (inputs.size() - 1) / 2;
        List<Traced> backwardInputs = new ArrayList<>(inputs.subList(0, 1));
        backwardInputs.addAll(inputs.subList(1 + states, inputs.size()));
        List<Traced> forwardStates = new ArrayList<>();
        List<Traced> backwardStates = new ArrayList<>();
        List<Traced> ahead = forward.loop(
                tape, inputs.subList(0, 1 + states), Weights.within(weights, "forward/"), mask, forwardStates);
        List<Traced> back =
                backward.loop(tape, backwardInputs, Weights.within(weights, "backward/"), mask, backwardStates);
        Collections.reverse(back);
        List<Traced> outputs = new ArrayList<>(
                forward.returnSequences()
                        ? merged(tape, tape.sequence(ahead), tape.sequence(back))
                        : merged(tape, ahead.get(ahead.size() - 1), back.get(0)));
        if (forward.returnState()) {
            outputs.addAll(forwardStates);
            outputs.addAll(backwardStates);
        }
        return outputs;
    }

    private List<Traced> merged(Tape tape, Traced ahead, Traced back) {
        return switch (merge) {
            case CONCAT -> List.of(tape.concat(ahead.rank() - 1, List.of(ahead, back)));
            case SUM -> List.of(ahead.plus(back));
            case AVE -> List.of(ahead.plus(back).scaledBy(0.5));
            case MUL -> List.of(ahead.scaledBy(back));
            case NONE -> List.of(ahead, back);
        };
    }
}
