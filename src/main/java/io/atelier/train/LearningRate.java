package io.atelier.train;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The learning rate of each step. Source: keras/src/optimizers/schedules/learning_rate_schedule.py.
 *
 * <p>The steps that are given to {@link #at} count from 0, as Keras's iterations do.
 */
public sealed interface LearningRate {
    /** The learning rate of the step after {@code step} others. */
    double at(long step);

    /** The same rate at all times. */
    static LearningRate of(double rate) {
        return new Constant(rate);
    }

    /**
     * One rate.
     *
     * @param rate at least 0
     */
    record Constant(double rate) implements LearningRate {
        public Constant {
            Checks.atLeastZero("learning_rate", rate);
        }

        @Override
        public double at(long step) {
            return rate;
        }
    }

    /**
     * {@code initial * decayRate ^ (step / decaySteps)}.
     *
     * @param staircase whether the exponent is rounded down
     */
    record ExponentialDecay(double initial, double decaySteps, double decayRate, boolean staircase)
            implements LearningRate {
        public ExponentialDecay {
            Checks.positive("decay_steps", decaySteps);
        }

        @Override
        public double at(long step) {
            double progress = step / decaySteps;
            return initial * Math.pow(decayRate, staircase ? Math.floor(progress) : progress);
        }
    }

    /**
     * {@code initial / (1 + decayRate * step / decaySteps)}.
     *
     * @param staircase whether the quotient is rounded down
     */
    record InverseTimeDecay(double initial, double decaySteps, double decayRate, boolean staircase)
            implements LearningRate {
        public InverseTimeDecay {
            Checks.positive("decay_steps", decaySteps);
        }

        @Override
        public double at(long step) {
            double progress = step / decaySteps;
            return initial / (1 + decayRate * (staircase ? Math.floor(progress) : progress));
        }
    }

    /**
     * The first of the values up to and with the first boundary, and so on.
     *
     * @param boundaries in ascending order
     * @param values one more than boundaries
     */
    record PiecewiseConstantDecay(List<Double> boundaries, List<Double> values) implements LearningRate {
        public PiecewiseConstantDecay {
            boundaries = List.copyOf(boundaries);
            values = List.copyOf(values);
            if (boundaries.isEmpty() || values.size() != boundaries.size() + 1) {
                throw new IllegalArgumentException(
                        "PiecewiseConstantDecay has one value more than boundaries; received " + boundaries.size()
                                + " boundaries and " + values.size() + " values");
            }
            if (!new ArrayList<>(boundaries).equals(boundaries.stream().sorted().toList())) {
                throw new IllegalArgumentException("boundaries must ascend; received " + boundaries);
            }
        }

        @Override
        public double at(long step) {
            int i = 0;
            while (i < boundaries.size() && step > boundaries.get(i)) {
                i++;
            }
            return values.get(i);
        }
    }

    /**
     * {@code (initial - end) * (1 - step / decaySteps) ^ power + end}.
     *
     * @param cycle whether it begins again after the last step, from ever lower, rather than staying at the end
     */
    record PolynomialDecay(double initial, double decaySteps, double end, double power, boolean cycle)
            implements LearningRate {
        public PolynomialDecay {
            Checks.positive("decay_steps", decaySteps);
        }

        @Override
        public double at(long step) {
            double steps = cycle && step > 0 ? decaySteps * Math.ceil(step / decaySteps) : decaySteps;
            return (initial - end) * Math.pow(1 - Math.min(step, steps) / steps, power) + end;
        }
    }

    /**
     * A rise to the warm-up's target along a line, then a fall along half a wave of cosine.
     *
     * @param alpha the share of the highest rate at which it ends
     * @param warmupTarget empty for no warm-up: the fall begins at {@code initial}
     */
    record CosineDecay(double initial, double decaySteps, double alpha, OptionalDouble warmupTarget, double warmupSteps)
            implements LearningRate {
        public CosineDecay {
            Checks.positive("decay_steps", decaySteps);
        }

        @Override
        public double at(long step) {
            if (warmupTarget.isEmpty()) {
                return decayed(step, initial);
            }
            double target = warmupTarget.getAsDouble();
            return step < warmupSteps
                    ? (target - initial) * (step / warmupSteps) + initial
                    : decayed(step - warmupSteps, target);
        }

        private double decayed(double step, double from) {
            double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(step, decaySteps) / decaySteps));
            return from * ((1 - alpha) * cosine + alpha);
        }
    }
}
