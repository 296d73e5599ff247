package io.atelier.conformance;

/**
 * How far a tensor may be from Keras's: at most {@code relative * max(1, max|Keras|)}.
 *
 * @param relative finite and at least 0
 */
public record Tolerance(double relative) {
    public Tolerance {
        if (!(relative >= 0) || Double.isInfinite(relative)) {
            throw new IllegalArgumentException("relative must be finite and at least 0; received " + relative);
        }
    }

    /** The tolerance that Atelier promises for float32: 1e-5. */
    public static Tolerance standard() {
        return new Tolerance(1e-5);
    }

    /** Whether a difference relative to {@code max(1, max|Keras|)} is small enough; NaN never is. */
    public boolean accepts(double maxRel) {
        return maxRel <= relative;
    }
}
