package io.atelier.keras.layer;

import java.util.stream.IntStream;

/**
 * Lays all axes but the batch out in one, row-major.
 *
 * <p>Shapes: input {@code (batch, …)}, output {@code (batch, product of the others)}. With {@code channels_first} the
 * channels are moved to the end before, so that the order of the values is the same for both data formats.
 *
 * @param dataFormat of the input; channels_last by default
 */
public record Flatten(DataFormat dataFormat) implements UnaryLayer {
    @Override
    public String className() {
        return "Flatten";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rankAtLeast(1, input);
        Shape rest = input.slice(1, input.rank());
        boolean isOpen = IntStream.range(0, rest.rank()).anyMatch(axis -> rest.size(axis) == Shape.UNKNOWN);
        return Shape.of(input.size(0), isOpen ? Shape.UNKNOWN : Math.toIntExact(rest.valueCount()));
    }
}
