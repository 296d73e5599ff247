package io.atelier.keras.layer;

import java.util.List;

/**
 * Joins flags, or turns them round: {@code keras.ops.logical_and}, {@code logical_or}, {@code logical_not}.
 *
 * <p>Shapes: two inputs, repeated to fit as numpy repeats them; a single one for NOT.
 *
 * @param kind of operation
 */
public record Logic(Kind kind) implements Operation {
    /** The operations. */
    public enum Kind {
        AND("LogicalAnd"),
        OR("LogicalOr"),
        NOT("LogicalNot");

        private final String className;

        Kind(String className) {
            this.className = className;
        }

        /** Keras's name for the operation: {@code LogicalOr}. */
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
        return kind == Kind.NOT ? Require.single(inputs) : Require.pairThatFits(inputs);
    }
}
