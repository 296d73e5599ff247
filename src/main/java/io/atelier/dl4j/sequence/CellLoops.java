package io.atelier.dl4j.sequence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Cells that are run along the time axis, each on what the one before gives: Keras's SimpleRNN, LSTM, GRU and RNN.
 *
 * @param cells at least one; the names of the weights of several begin with {@code cell_0/}, {@code cell_1/}, …
 * @param returnSequences whether the output of every step is given, rather than of the last
 * @param returnState whether the last state is given as well
 * @param goBackwards whether the last step is taken first
 * @param dropout the share of the input's features that each example is without, at all its steps, in training
 */
public record CellLoops(
        @JsonProperty("cells") List<CellStep> cells,
        @JsonProperty("returnSequences") boolean returnSequences,
        @JsonProperty("returnState") boolean returnState,
        @JsonProperty("goBackwards") boolean goBackwards,
        @JsonProperty("dropout") double dropout)
        implements Loops {
    private static final long serialVersionUID = 1;

    @JsonCreator
    public CellLoops {
        cells = List.copyOf(cells);
    }

    @Override
    public CellLoops dropping(double rate) {
        return new CellLoops(cells, returnSequences, returnState, goBackwards, rate);
    }

    @Override
    public List<Traced> run(Tape tape, List<Traced> inputs, Map<String, Traced> weights, Optional<StepMask> mask) {
        List<Traced> outputs = new ArrayList<>();
        List<Traced> states = new ArrayList<>();
        List<Traced> steps = loop(tape, inputs, weights, mask, states);
        outputs.add(returnSequences ? tape.sequence(steps) : steps.get(steps.size() - 1));
        if (returnState) {
            outputs.addAll(states);
        }
        return outputs;
    }

    /**
     * The outputs of the last cell, in the order in which the steps were taken.
     *
     * @param inputs a sequence {@code (batch, time, size)}, perhaps followed by the initial state
     * @param mask the steps that count
     * @param states takes up the last state
     */
    List<Traced> loop(
            Tape tape, List<Traced> inputs, Map<String, Traced> weights, Optional<StepMask> mask, List<Traced> states) {
        List<Traced> initial = inputs.subList(1, inputs.size());
        List<Traced> outputs = List.of();
        for (int i = 0; i < cells.size(); i++) {
            CellStep cell = cells.get(i);
            Map<String, Traced> own = cells.size() == 1 ? weights : Weights.within(weights, "cell_" + i + "/");
            Traced sequence = i == 0 ? inputs.get(0) : tape.sequence(outputs);
            List<Traced> steps = projected(tape.droppedFeatures(sequence, dropout), own);
            if (i == 0 && goBackwards) {
                Collections.reverse(steps);
            }
            List<Traced> state = initial.isEmpty()
                    ? Collections.nCopies(
                            cell.stateCount(), tape.zeros(steps.get(0).size(0), cell.units()))
                    : initial.subList(states.size(), states.size() + cell.stateCount());
            outputs = new ArrayList<>();
            for (int taken = 0; taken < steps.size(); taken++) {
                List<Traced> after = cell.after(steps.get(taken), state, own);
                int step = goBackwards ? steps.size() - 1 - taken : taken;
                List<Traced> before = state;
                state = mask.map(flags -> kept(flags.step(step), after, before)).orElse(after);
                outputs.add(output(tape, state.get(0), mask, step));
            }
            states.addAll(state);
        }
        return outputs;
    }

    /** The new state of the examples that take the step, and the old one of the others. */
    private static List<Traced> kept(float[] flags, List<Traced> after, List<Traced> before) {
        List<Traced> state = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            state.add(after.get(i).orElse(flags, before.get(i)));
        }
        return state;
    }

    private static Traced output(Tape tape, Traced h, Optional<StepMask> mask, int step) {
        return mask.filter(StepMask::zeroOutput)
                .map(flags -> h.orElse(flags.step(step), tape.zeros(h.size(0), h.size(1))))
                .orElse(h);
    }

    /** What a cell takes of its input, step by step: computed for all of them at once. */
    private static List<Traced> projected(Traced sequence, Map<String, Traced> weights) {
        long batch = sequence.size(0);
        long time = sequence.size(1);
        Traced kernel = Weights.get(weights, "kernel");
        Traced product = sequence.reshape(batch * time, sequence.size(2)).times(kernel);
        Traced sums = Weights.find(weights, "bias")
                .map(bias -> product.plusRow(bias.rank() == 1 ? bias : bias.part(0, 0, 1)))
                .orElse(product)
                .reshape(batch, time, kernel.size(1));
        List<Traced> steps = new ArrayList<>();
        for (long step = 0; step < time; step++) {
            steps.add(sums.step(step));
        }
        return steps;
    }
}
