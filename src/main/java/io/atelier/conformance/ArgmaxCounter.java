package io.atelier.conformance;

import io.atelier.conformance.ConformanceReport.Accuracy;
import io.atelier.keras.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Counts how often the largest of a row's scores is where Keras has it, and where the label says. */
final class ArgmaxCounter {
    private long rows;
    private long agreed;
    private long labelled;
    private long oursRight;
    private long kerasRight;

    /** Whether rows of this output are scores of classes. */
    static boolean isScores(Tensor output) {
        return output.shape().rank() == 2 && output.shape().size(1) > 1;
    }

    /**
     * Counts rows.
     *
     * @param ours as many rows as {@code keras}, in the same shape
     * @param labels a class for each row; empty if they are not labelled
     */
    void add(Tensor ours, Tensor keras, List<Integer> labels) {
        int columns = keras.shape().size(1);
        for (int row = 0; row < keras.shape().size(0); row++) {
            int our = argmax(ours, row, columns);
            int their = argmax(keras, row, columns);
            rows++;
            agreed += our == their ? 1 : 0;
            if (!labels.isEmpty()) {
                labelled++;
                oursRight += our == labels.get(row) ? 1 : 0;
                kerasRight += their == labels.get(row) ? 1 : 0;
            }
        }
    }

    OptionalDouble agreement() {
        return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) agreed / rows);
    }

    Optional<Accuracy> accuracy() {
        return labelled == 0
                ? Optional.empty()
                : Optional.of(new Accuracy((double) oursRight / labelled, (double) kerasRight / labelled));
    }

    /** As numpy's: the first of equal ones, and the first NaN before everything. */
    private static int argmax(Tensor scores, int row, int columns) {
        int best = 0;
        for (int column = 0; column < columns; column++) {
            float value = scores.get(row * columns + column);
            if (Float.isNaN(value)) {
                return column;
            }
            if (value > scores.get(row * columns + best)) {
                best = column;
            }
        }
        return best;
    }
}
