package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.SoftmaxOverAxes;

/** From scores to what a query attends to. */
final class Attending {
    /** What Keras takes from the score of a key that must not be seen. */
    private static final float UNSEEN = 1e9f;

    private Attending() {}

    /**
     * The means of values, weighted by the softmax of the scores.
     *
     * @param scores {@code (n, queries, values)}
     * @param values {@code (n, values, size)}
     * @param isCausal whether a query sees no key behind its own place
     * @param dropout the share of weights that are dropped in training
     */
    static Traced means(Tape tape, Traced scores, Traced values, boolean isCausal, double dropout) {
        Traced seen = isCausal ? scores.plus(penalties(tape, scores)) : scores;
        return tape.dropped(seen.apply(new SoftmaxOverAxes(-1)), dropout).eachTimes(values);
    }

    private static Traced penalties(Tape tape, Traced scores) {
        int queries = Math.toIntExact(scores.size(1));
        int keys = Math.toIntExact(scores.size(2));
        float[] penalties = new float[scores.values().length];
        for (int i = 0; i < penalties.length; i++) {
            int query = i / keys % queries;
            int key = i % keys;
            penalties[i] = key > query ? -UNSEEN : 0;
        }
        return tape.constant(scores.shape(), penalties);
    }
}
