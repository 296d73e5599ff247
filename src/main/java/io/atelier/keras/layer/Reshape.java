package io.atelier.keras.layer;

import java.util.List;

/**
 * Gives the values of each example another shape, row-major.
 *
 * <p>Shapes: input {@code (batch, …)}, output {@code (batch, targetShape…)} with as many values.
 *
 * @param targetShape without the batch; at most one size is -1 and stands for what is left
 */
public record Reshape(List<Integer> targetShape) implements UnaryLayer {
    public Reshape {
        targetShape = List.copyOf(targetShape);
        if (targetShape.stream().anyMatch(size -> size < 1 && size != -1)
                || targetShape.stream().filter(size -> size == -1).count() > 1) {
            throw new IllegalArgumentException(
                    "target_shape must be sizes of at least 1, at most one of them -1; received " + targetShape);
        }
    }

    @Override
    public String className() {
        return "Reshape";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rankAtLeast(1, input);
        // -1 is also how a Shape says that a size is unknown.
        Shape target = Shape.of(targetShape.stream().mapToInt(Integer::intValue).toArray());
        Shape example = input.slice(1, input.rank());
        if (example.isKnown()) {
            long given = target.knownCount();
            long available = example.valueCount();
            int open = targetShape.indexOf(-1);
            if (open < 0 ? given != available : available % given != 0) {
                throw new IllegalArgumentException("target_shape must have as many values as the input; received "
                        + targetShape + " for an input of shape " + input);
            }
            target = open < 0 ? target : target.with(open, Math.toIntExact(available / given));
        }
        return Shape.of(input.size(0)).append(target.toArray());
    }
}
