package io.atelier.keras.layer;

/**
 * Vectors of the numbers of categories.
 *
 * <p>A last axis of size 1 is taken by {@code one_hot}; {@code multi_hot} and {@code count} take inputs
 * {@code (batch, categories of an example)}. Source: keras/src/layers/preprocessing/category_encoding.py.
 *
 * @param numTokens how many categories there are, at least 1; a number beyond them stands for none
 * @param mode one_hot, multi_hot or count
 */
public record CategoryEncoding(int numTokens, EncodingMode mode) implements UnaryLayer {
    public CategoryEncoding {
        Require.positive("num_tokens", numTokens);
        if (mode == EncodingMode.INT) {
            throw new IllegalArgumentException(
                    "output_mode must be one of [one_hot, multi_hot, count]; received 'int'");
        }
    }

    @Override
    public String className() {
        return "CategoryEncoding";
    }

    @Override
    public Shape outputShape(Shape input) {
        return mode.outputShape(input, numTokens);
    }
}
