package io.atelier.keras.layer;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The places of whole numbers in a vocabulary, or vectors of them.
 *
 * <p>The mask token has place 0, if there is one; the next place is that of all numbers that are not in the vocabulary, and
 * the vocabulary follows. Shapes: as {@link EncodingMode} has them. Source:
 * keras/src/layers/preprocessing/index_lookup.py.
 *
 * @param vocabulary different numbers, at least one, none of them the mask token
 * @param maskToken what has place 0; none by default, and always with another mode than int
 * @param size of a vector, at least the number of places
 * @param mode int by default
 */
public record IntegerLookup(List<Long> vocabulary, Optional<Long> maskToken, int size, EncodingMode mode)
        implements UnaryLayer {
    /** Up to here, every whole number is one of float32. */
    public static final long LARGEST = 1 << 24;

    public IntegerLookup {
        vocabulary = List.copyOf(vocabulary);
        boolean isDifferent = new HashSet<>(vocabulary).size() == vocabulary.size();
        if (vocabulary.isEmpty()
                || !isDifferent
                || maskToken.filter(vocabulary::contains).isPresent()) {
            throw new IllegalArgumentException(
                    "vocabulary must be different numbers, none of them the mask_token; received "
                            + vocabulary.stream().limit(20).toList());
        }
        if (maskToken.isPresent() && mode != EncodingMode.INT) {
            throw new IllegalArgumentException(
                    "mask_token must be None with another output_mode than 'int'; received " + maskToken.get());
        }
    }

    @Override
    public String className() {
        return "IntegerLookup";
    }

    @Override
    public Shape outputShape(Shape input) {
        return mode.outputShape(input, size);
    }
}
