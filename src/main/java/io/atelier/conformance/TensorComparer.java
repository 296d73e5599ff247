package io.atelier.conformance;

import io.atelier.conformance.TensorComparison.Difference;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares one tensor with Keras's, chunk of rows by chunk of rows. */
final class TensorComparer {
    private static final int NOWHERE = -1;

    private final String name;
    private final String className;
    private final Tensor keras;
    private int next;
    private double maxAbs;
    private double maxKeras;
    private int worst = NOWHERE;
    private float worstOurs;
    private @Nullable String obstacle;

    TensorComparer(String name, String className, Tensor keras) {
        this.name = name;
        this.className = className;
        this.keras = keras;
    }

    /**
     * Compares the next rows of ours; rows beyond those that Keras's tensor has are left out.
     *
     * @param ours what the engine gave; null if it gave nothing
     * @param rows how many rows went in
     */
    void add(@Nullable Tensor ours, int rows) {
        if (obstacle != null) {
            return;
        }
        if (ours == null) {
            obstacle = "the engine did not give it";
            return;
        }
        Shape shape = keras.shape().with(0, rows);
        if (!ours.shape().equals(shape)) {
            obstacle = "expected shape " + shape + "; received " + ours.shape();
            return;
        }
        int count = Math.min(ours.valueCount(), keras.valueCount() - next);
        for (int i = 0; i < count; i++) {
            compare(ours.get(i), keras.get(next), next);
            next++;
        }
    }

    private void compare(float ours, float theirs, int position) {
        if (Float.isFinite(theirs)) {
            maxKeras = Math.max(maxKeras, Math.abs((double) theirs));
        }
        double difference = difference(ours, theirs);
        // NaN outweighs everything, and the first one stays.
        if (difference > maxAbs || (Double.isNaN(difference) && !Double.isNaN(maxAbs))) {
            maxAbs = difference;
            worst = position;
            worstOurs = ours;
        }
    }

    /** 0 for two NaN and for equal infinities, NaN for one NaN, infinite for one infinity. */
    private static double difference(float ours, float theirs) {
        if (ours == theirs || (Float.isNaN(ours) && Float.isNaN(theirs))) {
            return 0;
        }
        return Math.abs((double) ours - theirs);
    }

    TensorComparison result(Tolerance tolerance) {
        if (obstacle != null) {
            return new TensorComparison(
                    name,
                    className,
                    keras.shape(),
                    Double.NaN,
                    Double.NaN,
                    Verdict.FAIL,
                    Optional.empty(),
                    Optional.of(obstacle));
        }
        double maxRel = maxAbs / Math.max(1, maxKeras);
        return new TensorComparison(
                name,
                className,
                keras.shape(),
                maxAbs,
                maxRel,
                Verdict.of(tolerance.accepts(maxRel)),
                largest(),
                Optional.empty());
    }

    private Optional<Difference> largest() {
        if (worst == NOWHERE) {
            return Optional.empty();
        }
        List<Integer> index = new ArrayList<>();
        int rest = worst;
        for (int axis = keras.shape().rank() - 1; axis >= 0; axis--) {
            index.add(0, rest % keras.shape().size(axis));
            rest /= keras.shape().size(axis);
        }
        return Optional.of(new Difference(index, worstOurs, keras.get(worst)));
    }
}
