package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.SoftmaxOverAxes;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
     */
    static Traced means(Tape tape, Traced scores, Traced values, boolean isCausal) {
        Traced seen = isCausal ? scores.plus(tape.given(penalties(scores.value()))) : scores;
        return seen.apply(new SoftmaxOverAxes(-1)).eachTimes(values);
    }

    private static INDArray penalties(INDArray scores) {
        int queries = Math.toIntExact(scores.size(1));
        int keys = Math.toIntExact(scores.size(2));
        float[] penalties = new float[queries * keys];
        for (int query = 0; query < queries; query++) {
            for (int key = query + 1; key < keys; key++) {
                penalties[query * keys + key] = -UNSEEN;
            }
        }
        return Nd4j.create(penalties, new long[] {1, queries, keys}, 'c').broadcast(scores.shape());
    }
}
