package io.atelier.train;

import io.atelier.dl4j.TrainedWeight;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * An optimizer as Keras has it. Immutable: what it remembers is in a {@link Trainer}.
 *
 * @param rule how it changes weights
 * @param learningRate of each step
 * @param weightDecay by which share of the learning rate weights shrink in a step; empty for none
 * @param clipping of gradients
 */
public record Optimizer(UpdateRule rule, LearningRate learningRate, OptionalDouble weightDecay, Clipping clipping) {
    /** Adam with Keras's defaults. */
    public static Optimizer adam(double learningRate) {
        return of(new Adam(0.9, 0.999, 1e-7, false), learningRate);
    }

    /** Adam with weight decay, and Keras's defaults otherwise. */
    public static Optimizer adamW(double learningRate, double weightDecay) {
        return adam(learningRate).withWeightDecay(weightDecay);
    }

    /** Gradient descent with momentum; 0 for none. */
    public static Optimizer sgd(double learningRate, double momentum) {
        return of(new Sgd(momentum, false), learningRate);
    }

    /** RMSprop with Keras's defaults. */
    public static Optimizer rmsProp(double learningRate) {
        return of(new RmsProp(0.9, 0, 1e-7, false), learningRate);
    }

    /** A rule with a learning rate, and neither weight decay nor clipping. */
    public static Optimizer of(UpdateRule rule, double learningRate) {
        return new Optimizer(rule, LearningRate.of(learningRate), OptionalDouble.empty(), Clipping.NONE);
    }

    /** This optimizer with another learning rate. */
    public Optimizer withLearningRate(LearningRate newRate) {
        return new Optimizer(rule, newRate, weightDecay, clipping);
    }

    /** This optimizer with another weight decay. */
    public Optimizer withWeightDecay(double decay) {
        Checks.atLeastZero("weight_decay", decay);
        return new Optimizer(rule, learningRate, OptionalDouble.of(decay), clipping);
    }

    /** This optimizer with another clipping. */
    public Optimizer withClipping(Clipping newClipping) {
        return new Optimizer(rule, learningRate, weightDecay, newClipping);
    }

    /** Keras's class name: an Adam with weight decay is an {@code AdamW}. */
    public String className() {
        return rule instanceof Adam && weightDecay.isPresent() ? "AdamW" : rule.className();
    }

    /** For people: {@code Adam, learning rate 0.001}. */
    public String describe() {
        return className() + ", learning rate "
                + (learningRate instanceof LearningRate.Constant constant
                        ? Float.toString((float) constant.rate())
                        : learningRate.toString());
    }

    /** What it remembers at the start, by slot. */
    float[][] newSlots(int count) {
        List<String> names = rule.slots();
        float[][] slots = new float[names.size()][count];
        for (int i = 0; i < slots.length; i++) {
            Arrays.fill(slots[i], rule.initial(names.get(i)));
        }
        return slots;
    }

    /**
     * Changes weights.
     *
     * @param done the number of steps before this one
     */
    void update(float[] values, float[] gradient, float[][] slots, long done, List<TrainedWeight> weights) {
        float rate = (float) learningRate.at(done);
        clipping.apply(gradient, weights);
        if (weightDecay.isPresent()) {
            float decay = (float) weightDecay.getAsDouble();
            for (int i = 0; i < values.length; i++) {
                values[i] -= values[i] * decay * rate;
            }
        }
        rule.update(values, gradient, slots, done + 1, rate);
    }
}
