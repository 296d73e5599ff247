package io.atelier.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an optimizer changes weights, with Keras 3's formulas and without what all optimizers have in common.
 *
 * <p>Implementations are immutable; what an optimizer remembers is handed to them. They compute with 32-bit floats, value
 * by value.
 */
public sealed interface UpdateRule permits Adadelta, Adagrad, Adam, Adamax, Lion, Nadam, RmsProp, Sgd {
    /** Keras's class name: {@code RMSprop}. */
    String className();

    /** The options as Keras's config has them. */
    Map<String, Object> options();

    /** Keras's names for what is remembered for each value: {@code momentum}. */
    List<String> slots();

    /** What a slot holds at the start. */
    default float initial(String slot) {
        return 0;
    }

    /** What Keras's Nadam keeps beside its slots after some steps; empty for all others. */
    default Optional<Float> product(long steps) {
        return Optional.empty();
    }

    /**
     * Changes weights.
     *
     * @param values of the weights
     * @param gradient one for each value; may be written over
     * @param slots for each of {@link #slots()}, one number for each value; changed as well
     * @param step the number of this step, from 1
     * @param learningRate of this step
     */
    void update(float[] values, float[] gradient, float[][] slots, long step, float learningRate);
}
