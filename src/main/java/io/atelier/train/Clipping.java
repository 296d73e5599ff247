package io.atelier.train;

import io.atelier.dl4j.TrainedWeight;
import java.util.List;

/**
 * How gradients are cut before they are used.
 *
 * @param kind what is held to the limit
 * @param limit above 0; of no meaning to {@link Kind#NONE}
 */
public record Clipping(Kind kind, double limit) {
    /** No clipping. */
    public static final Clipping NONE = new Clipping(Kind.NONE, Double.MAX_VALUE);

    /** What is held to the limit. */
    public enum Kind {
        /** Nothing. */
        NONE,
        /** The length of each weight's gradient: Keras's clipnorm. */
        NORM,
        /** Each value: Keras's clipvalue. */
        VALUE,
        /** The length of all gradients together: Keras's global_clipnorm. */
        GLOBAL_NORM
    }

    public Clipping {
        Checks.positive("the limit of clipping", limit);
    }

    void apply(float[] gradient, List<TrainedWeight> weights) {
        switch (kind) {
            case NONE -> {}
            case NORM ->
                weights.forEach(weight -> toLength(gradient, weight.offset(), weight.offset() + weight.count()));
            case GLOBAL_NORM -> toLength(gradient, 0, gradient.length);
            case VALUE -> {
                float most = (float) limit;
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] = Math.min(Math.max(gradient[i], -most), most);
                }
            }
        }
    }

    private void toLength(float[] gradient, int from, int to) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += (double) gradient[i] * gradient[i];
        }
        double length = Math.sqrt(squares);
        // Written so that a length that is no number makes every gradient none, as in Keras.
        if (!(length <= limit)) {
            float factor = (float) (limit / length);
            for (int i = from; i < to; i++) {
                gradient[i] *= Double.isFinite(length) ? factor : Float.NaN;
            }
        }
    }
}
