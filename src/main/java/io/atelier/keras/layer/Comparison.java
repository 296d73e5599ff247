package io.atelier.keras.layer;

import java.util.List;
import java.util.Optional;

/**
 * Flags that say how values compare with those of another tensor, or with a number: {@code keras.ops.not_equal} and its
 * kin.
 *
 * <p>Shapes: one or two inputs, repeated to fit as numpy repeats them; the output has the shape that they then have.
 *
 * @param kind of comparison
 * @param number what a single input is compared with; empty where there are two
 */
public record Comparison(Kind kind, Optional<Double> number) implements Operation {
    /** The comparisons, of a left operand with a right one. */
    public enum Kind {
        EQUAL("Equal"),
        NOT_EQUAL("NotEqual"),
        GREATER("Greater"),
        GREATER_EQUAL("GreaterEqual"),
        LESS("Less"),
        LESS_EQUAL("LessEqual");

        private final String className;

        Kind(String className) {
            this.className = className;
        }

        /** Keras's name for the operation: {@code NotEqual}. */
        public String className() {
            return className;
        }
    }

    @Override
    public String className() {
        return kind.className();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return number.isPresent() ? Require.single(inputs) : Require.pairThatFits(inputs);
    }
}
