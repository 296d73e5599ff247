package io.atelier.keras.layer;

/** What stands for categories. */
public enum EncodingMode implements Named {
    /** Their numbers. */
    INT,
    /** For each a vector that is 1 in its place. */
    ONE_HOT,
    /** For all of an example one vector that is 1 in the places of those that are there. */
    MULTI_HOT,
    /** For all of an example one vector of how often each is there. */
    COUNT;

    /** The shape of what stands for categories of this shape, of which there are so many. */
    Shape outputShape(Shape input, int categories) {
        if (this == INT) {
            return input;
        }
        Require.rankAtLeast(2, input);
        if (this == ONE_HOT) {
            return input.size(-1) == 1 ? input.with(-1, categories) : input.append(categories);
        }
        Require.rank(2, input);
        return Shape.of(input.size(0), categories);
    }
}
