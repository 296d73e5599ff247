package io.atelier.train;

/** What the options of optimizers and losses are held to. */
final class Checks {
    private Checks() {}

    static void share(String option, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(option + " must be from 0 to 1; received " + value);
        }
    }

    static void positive(String option, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(option + " must be above 0; received " + value);
        }
    }

    static void atLeastZero(String option, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(option + " must be at least 0; received " + value);
        }
    }
}
