package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs two recurrent layers over a sequence, one of them from its end, and merges their outputs step by step.
 *
 * <p>Outputs: the merged one, or both if they are not merged; with {@code returnState}, followed by the last state of
 * forward, then of backward. An initial state is given in the same order. Source:
 * keras/src/layers/rnn/bidirectional.py.
 *
 * @param forward named "forward/" before the names of its weights
 * @param backward takes its steps in the other direction; named "backward/"
 * @param mergeMode how the outputs become one; concat by default
 */
public record Bidirectional(Recurrent forward, Recurrent backward, MergeMode mergeMode) implements LayerConfig {
    /** Before the names of the weights of {@link #forward}. */
    public static final String FORWARD = "forward/";

    /** Before the names of the weights of {@link #backward}. */
    public static final String BACKWARD = "backward/";

    /** How the outputs of both directions become one. */
    public enum MergeMode implements Named {
        /** Side by side along the last axis. */
        CONCAT,
        SUM,
        /** The mean. */
        AVE,
        /** The product. */
        MUL,
        /** Not at all: the layer gives both. */
        NONE
    }

    public Bidirectional {
        if (forward.goBackwards() == backward.goBackwards()) {
            throw new IllegalArgumentException("layer and backward_layer must differ in go_backwards; received "
                    + forward.goBackwards() + " for both");
        }
        requireSame("return_sequences", forward.returnSequences(), backward.returnSequences());
        requireSame("return_state", forward.returnState(), backward.returnState());
        if (mergeMode != MergeMode.CONCAT && mergeMode != MergeMode.NONE && forward.units() != backward.units()) {
            throw new IllegalArgumentException("merge_mode " + mergeMode.kerasName()
                    + " must have as many units in both directions; received " + forward.units() + " and "
                    + backward.units());
        }
    }

    private static void requireSame(String option, boolean forward, boolean backward) {
        if (forward != backward) {
            throw new IllegalArgumentException(
                    "layer and backward_layer must agree in " + option + "; received " + forward + " and " + backward);
        }
    }

    @Override
    public String className() {
        return "Bidirectional";
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.USES;
    }

    @Override
    public List<Shape> outputShapes(List<Shape> inputs) {
        List<Shape> ahead = forward.outputShapes(forwardInputs(inputs));
        List<Shape> back = backward.outputShapes(backwardInputs(inputs));
        List<Shape> outputs = new ArrayList<>();
        switch (mergeMode) {
            case CONCAT -> outputs.add(ahead.get(0).with(-1, forward.units() + backward.units()));
            case NONE -> outputs.addAll(List.of(ahead.get(0), back.get(0)));
            default -> outputs.add(ahead.get(0));
        }
        Stream.of(ahead, back).forEach(shapes -> outputs.addAll(shapes.subList(1, shapes.size())));
        return outputs;
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        return Stream.concat(
                        forward.weights(forwardInputs(inputs)).stream()
                                .map(weight -> weight.renamed(FORWARD + weight.name())),
                        backward.weights(backwardInputs(inputs)).stream()
                                .map(weight -> weight.renamed(BACKWARD + weight.name())))
                .toList();
    }

    /** Of what the layer takes, what goes to {@link #forward}: the sequence and the first half of the initial state. */
    public <T> List<T> forwardInputs(List<T> inputs) {
        return inputs.size() == 1 ? inputs : inputs.subList(0, 1 + states(inputs) / 2);
    }

    /** Of what the layer takes, what goes to {@link #backward}: the sequence and the second half of the initial state. */
    public <T> List<T> backwardInputs(List<T> inputs) {
        if (inputs.size() == 1) {
            return inputs;
        }
        List<T> half = new ArrayList<>(inputs.subList(0, 1));
        half.addAll(inputs.subList(1 + states(inputs) / 2, inputs.size()));
        return half;
    }

    private static int states(List<?> inputs) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("the layer takes a sequence; received no tensor");
        }
        return inputs.size() - 1;
    }
}
