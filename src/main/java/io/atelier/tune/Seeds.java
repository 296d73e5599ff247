package io.atelier.tune;

/** Seeds that follow from one, so that an epoch that is done again draws the same numbers. */
final class Seeds {
    private Seeds() {}

    /** Another seed for each pair of numbers. */
    static long of(long seed, long first, long second) {
        return mixed(mixed(mixed(seed) + first) + second);
    }

    /** The finalizer of SplitMix64. */
    private static long mixed(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
