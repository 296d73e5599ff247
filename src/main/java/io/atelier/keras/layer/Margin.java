package io.atelier.keras.layer;

/**
 * How much stands, or is cut, at the two ends of an axis.
 *
 * @param before at its start, at least 0
 * @param after at its end, at least 0
 */
public record Margin(int before, int after) {
    public Margin {
        if (before < 0 || after < 0) {
            throw new IllegalArgumentException("a margin must be at least 0; received " + before + " and " + after);
        }
    }

    /** Both ends together. */
    public int total() {
        return Math.addExact(before, after);
    }
}
