package io.atelier.train;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads learning rates: numbers, or Keras's schedules. */
final class LearningRates {
    private LearningRates() {}

    static LearningRate read(Object value) {
        if (value instanceof Number number) {
            return LearningRate.of(number.doubleValue());
        }
        Options options = Options.of(value);
        LearningRate rate = read(options);
        options.ignore("name");
        options.end();
        return rate;
    }

    private static LearningRate read(Options options) {
        return switch (options.className()) {
            case "ExponentialDecay" ->
                new LearningRate.ExponentialDecay(
                        options.number("initial_learning_rate"),
                        options.number("decay_steps"),
                        options.number("decay_rate"),
                        options.flag("staircase", false));
            case "InverseTimeDecay" ->
                new LearningRate.InverseTimeDecay(
                        options.number("initial_learning_rate"),
                        options.number("decay_steps"),
                        options.number("decay_rate"),
                        options.flag("staircase", false));
            case "PiecewiseConstantDecay" ->
                new LearningRate.PiecewiseConstantDecay(options.numbers("boundaries"), options.numbers("values"));
            case "PolynomialDecay" ->
                new LearningRate.PolynomialDecay(
                        options.number("initial_learning_rate"),
                        options.number("decay_steps"),
                        options.number("end_learning_rate", 0.0001),
                        options.number("power", 1),
                        options.flag("cycle", false));
            case "CosineDecay" ->
                new LearningRate.CosineDecay(
                        options.number("initial_learning_rate"),
                        options.number("decay_steps"),
                        options.number("alpha", 0),
                        options.optionalNumber("warmup_target"),
                        options.number("warmup_steps", 0));
            default ->
                throw new IllegalArgumentException("training does not know the learning rate " + options.className()
                        + "; give another in its place");
        };
    }

    /** The options of a schedule as Keras's config has them. */
    static Map<String, Object> options(LearningRate rate) {
        Map<String, Object> options = new LinkedHashMap<>();
        if (rate instanceof LearningRate.ExponentialDecay decay) {
            put(options, decay.initial(), decay.decaySteps());
            options.put("decay_rate", decay.decayRate());
            options.put("staircase", decay.staircase());
        } else if (rate instanceof LearningRate.InverseTimeDecay decay) {
            put(options, decay.initial(), decay.decaySteps());
            options.put("decay_rate", decay.decayRate());
            options.put("staircase", decay.staircase());
        } else if (rate instanceof LearningRate.PiecewiseConstantDecay decay) {
            options.put("boundaries", decay.boundaries());
            options.put("values", decay.values());
        } else if (rate instanceof LearningRate.PolynomialDecay decay) {
            put(options, decay.initial(), decay.decaySteps());
            options.put("end_learning_rate", decay.end());
            options.put("power", decay.power());
            options.put("cycle", decay.cycle());
        } else if (rate instanceof LearningRate.CosineDecay decay) {
            put(options, decay.initial(), decay.decaySteps());
            options.put("alpha", decay.alpha());
            decay.warmupTarget().ifPresent(target -> options.put("warmup_target", target));
            options.put("warmup_steps", decay.warmupSteps());
        }
        return options;
    }

    private static void put(Map<String, Object> options, double initial, double decaySteps) {
        options.put("initial_learning_rate", initial);
        options.put("decay_steps", decaySteps);
    }
}
