package io.atelier.bench;

import java.util.concurrent.Callable;

/** One of the programs that are compared, with a model loaded. */
interface Peer {
    /**
     * What is timed: computes one batch, from an input in the peer's own type, made beforehand, to a result in Java's
     * heap.
     *
     * @throws Exception if the peer refuses the input
     */
    Callable<?> prediction(Batch batch) throws Exception;

    /** The probabilities in what a prediction gave, row by row. */
    default float[] probabilities(Object result) {
        return (float[]) result;
    }

    /**
     * One step of training on a batch, with Adam and categorical cross-entropy.
     *
     * @throws UnsupportedOperationException if the peer is not one that trains
     */
    default Callable<?> trainingStep(Batch batch) {
        throw new UnsupportedOperationException("does not train");
    }
}
