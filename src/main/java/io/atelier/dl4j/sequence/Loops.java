package io.atelier.dl4j.sequence;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recurrent layers. */
public sealed interface Loops extends TapeFunction permits CellLoops, TwoWayLoops {
    @Override
    Loops dropping(double rate);

    /**
     * Computes the outputs.
     *
     * @param mask the steps that count; all do if it is empty
     */
    List<Traced> run(Tape tape, List<Traced> inputs, Map<String, Traced> weights, Optional<StepMask> mask);

    @Override
    default List<Traced> run(Tape tape, List<Traced> inputs, Map<String, Traced> weights) {
        return run(tape, inputs, weights, Optional.empty());
    }
}
