package io.atelier.keras.layer;

/**
 * Repeats a vector.
 *
 * <p>Shapes: input {@code (batch, features)}, output {@code (batch, n, features)}.
 *
 * @param n how many times
 */
public record RepeatVector(int n) implements UnaryLayer {
    public RepeatVector {
        Require.positive("n", n);
    }

    @Override
    public String className() {
        return "RepeatVector";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rank(2, input);
        return Shape.of(input.size(0), n, input.size(1));
    }
}
