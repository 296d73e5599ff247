package io.atelier.keras.layer;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Puts the axes into another order.
 *
 * <p>Shapes: input {@code (batch, …)}, output {@code (batch, …)}, whose axis {@code i} is the input's {@code dims[i - 1]}.
 *
 * @param dims the axes of the input in the new order; the batch, which stays first, is not among them
 */
public record Permute(List<Integer> dims) implements UnaryLayer {
    public Permute {
        dims = List.copyOf(dims);
        if (!dims.stream()
                .sorted()
                .toList()
                .equals(IntStream.rangeClosed(1, dims.size()).boxed().toList())) {
            throw new IllegalArgumentException("dims must be the numbers of all axes from 1 on; received " + dims);
        }
    }

    @Override
    public String className() {
        return "Permute";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rank(dims.size() + 1, input);
        return Shape.of(input.size(0))
                .append(dims.stream().mapToInt(input::size).toArray());
    }
}
