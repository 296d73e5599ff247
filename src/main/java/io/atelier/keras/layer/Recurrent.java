package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs cells along the time axis, from a state of zeros or from one it is given: SimpleRNN, LSTM, GRU, and RNN with one
 * cell or several stacked ones, each of which takes the output of the one before.
 *
 * <p>Shapes: input {@code (batch, time, inputs)}, and, if given, each part of the state of each cell {@code (batch,
 * units)}. Output {@code (batch, units)}, or {@code (batch, time, units)} with {@code returnSequences}, followed by the
 * parts of the last state with {@code returnState}. Source: keras/src/layers/rnn/rnn.py.
 *
 * @param className Keras's name for the layer
 * @param cells at least one
 * @param returnSequences whether the output of every step is given, rather than of the last; false by default
 * @param returnState whether the last state is given as well; false by default
 * @param goBackwards whether the last step is taken first; the output is then in the order in which the steps were taken;
 *     false by default
 * @param zeroOutputForMask whether the output of a masked step is zero, rather than that of the step before; false by
 *     default
 */
public record Recurrent(
        String className,
        List<RecurrentCell> cells,
        boolean returnSequences,
        boolean returnState,
        boolean goBackwards,
        boolean zeroOutputForMask)
        implements LayerConfig {
    public Recurrent {
        cells = List.copyOf(cells);
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("cells must have at least one cell; received []");
        }
    }

    /** The layer that takes its steps in the other direction. */
    public Recurrent reversed() {
        return new Recurrent(className, cells, returnSequences, returnState, !goBackwards, zeroOutputForMask);
    }

    /** The layer with another {@link #zeroOutputForMask}. */
    public Recurrent withZeroOutputForMask(boolean isZero) {
        return new Recurrent(className, cells, returnSequences, returnState, goBackwards, isZero);
    }

    /** The size of the output's last axis. */
    public int units() {
        return cells.get(cells.size() - 1).units();
    }

    /** The size of each part of the state, of one cell after the other. */
    public List<Integer> stateSizes() {
        List<Integer> sizes = new ArrayList<>();
        cells.forEach(cell -> {
            for (int i = 0; i < cell.stateCount(); i++) {
                sizes.add(cell.units());
            }
        });
        return sizes;
    }

    /** What stands before the names of a cell's weights; nothing where there is one cell. */
    public String weightPrefix(int cell) {
        return cells.size() == 1 ? "" : "cell_" + cell + "/";
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.USES;
    }

    @Override
    public List<Shape> outputShapes(List<Shape> inputs) {
        Shape sequence = checked(inputs);
        int batch = sequence.size(0);
        List<Shape> outputs = new ArrayList<>();
        outputs.add(returnSequences ? sequence.with(-1, units()) : Shape.of(batch, units()));
        if (returnState) {
            stateSizes().forEach(size -> outputs.add(Shape.of(batch, size)));
        }
        return outputs;
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        int size = Require.knownAxis(checked(inputs), -1);
        List<WeightSpec> weights = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            for (WeightSpec weight : cells.get(i).weights(size)) {
                weights.add(weight.renamed(weightPrefix(i) + weight.name()));
            }
            size = cells.get(i).units();
        }
        return weights;
    }

    private Shape checked(List<Shape> inputs) {
        List<Integer> states = stateSizes();
        if (inputs.size() != 1 && inputs.size() != 1 + states.size()) {
            throw new IllegalArgumentException("the layer takes a sequence, and may take an initial state of "
                    + states.size() + "; received " + inputs.size() + " tensors");
        }
        Require.rank(3, inputs.get(0));
        for (int i = 1; i < inputs.size(); i++) {
            Require.rank(2, inputs.get(i));
            if (inputs.get(i).size(1) != states.get(i - 1)) {
                throw new IllegalArgumentException("expected an initial state of shape (batch, " + states.get(i - 1)
                        + "); received shape " + inputs.get(i));
            }
        }
        return inputs.get(0);
    }
}
