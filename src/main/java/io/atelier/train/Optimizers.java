package io.atelier.train;

import io.atelier.keras.KerasModel;
import io.atelier.keras.TrainingConfig;
import io.atelier.keras.UnsupportedModelException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads optimizers, with their learning rates, from the config of a compiled model. */
public final class Optimizers {
    private static final Set<String> NAMES =
            Set.of("SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Nadam", "Lion");

    private Optimizers() {}

    /**
     * The optimizer that a model was compiled with; empty if it was not compiled.
     *
     * @throws UnsupportedModelException if it is one, or has an option, that training does not know
     */
    public static Optional<Optimizer> of(KerasModel model) {
        return model.trainingConfig().flatMap(Optimizers::config).map(config -> {
            try {
                return read(Options.of(config));
            } catch (IllegalArgumentException e) {
                throw new UnsupportedModelException(
                        model.origin().source(), "the optimizer cannot be used: " + e.getMessage(), e);
            }
        });
    }

    private static Optional<Object> config(TrainingConfig config) {
        return Optional.ofNullable(config.options()
                .getOrDefault("optimizer_config", config.options().get("optimizer")));
    }

    private static Optimizer read(Options options) {
        UpdateRule rule = rule(options);
        boolean isAdamW = options.plainName().equals("adamw");
        double byDefault = rule instanceof Sgd ? 0.01 : 0.001;
        LearningRate learningRate = options.value("learning_rate")
                .or(() -> options.value("lr"))
                .map(LearningRates::read)
                .orElse(LearningRate.of(byDefault));
        OptionalDouble decay = options.optionalNumber("weight_decay");
        if (isAdamW && decay.isEmpty()) {
            decay = OptionalDouble.of(0.004);
        }
        Clipping clipping = clipping(options);
        options.ignore("name", "lr", "jit_compile", "is_legacy_optimizer", "ema_momentum", "ema_overwrite_frequency");
        options.only("decay", 0);
        options.only("use_ema", false);
        options.absent("loss_scale_factor");
        options.absent("gradient_accumulation_steps");
        options.end();
        return new Optimizer(rule, learningRate, decay, clipping);
    }

    private static UpdateRule rule(Options options) {
        return switch (options.plainName()) {
            case "sgd" -> new Sgd(options.number("momentum", 0), options.flag("nesterov", false));
            case "adam", "adamw" ->
                new Adam(
                        options.number("beta_1", 0.9),
                        options.number("beta_2", 0.999),
                        options.number("epsilon", 1e-7),
                        options.flag("amsgrad", false));
            case "rmsprop" ->
                new RmsProp(
                        options.number("rho", 0.9),
                        options.number("momentum", 0),
                        options.number("epsilon", 1e-7),
                        options.flag("centered", false));
            case "adagrad" ->
                new Adagrad(options.number("initial_accumulator_value", 0.1), options.number("epsilon", 1e-7));
            case "adadelta" -> new Adadelta(options.number("rho", 0.95), options.number("epsilon", 1e-7));
            case "adamax" ->
                new Adamax(
                        options.number("beta_1", 0.9),
                        options.number("beta_2", 0.999),
                        options.number("epsilon", 1e-7));
            case "nadam" ->
                new Nadam(
                        options.number("beta_1", 0.9),
                        options.number("beta_2", 0.999),
                        options.number("epsilon", 1e-7));
            case "lion" -> new Lion(options.number("beta_1", 0.9), options.number("beta_2", 0.99));
            default ->
                throw new IllegalArgumentException("training does not know " + options.className() + ", only "
                        + NAMES.stream().sorted().toList() + "; give one of these in its place");
        };
    }

    private static Clipping clipping(Options options) {
        OptionalDouble norm = options.optionalNumber("clipnorm");
        OptionalDouble global = options.optionalNumber("global_clipnorm");
        OptionalDouble value = options.optionalNumber("clipvalue");
        // Keras takes a limit that is not above 0 for none, and the first of several.
        if (norm.orElse(0) > 0) {
            return new Clipping(Clipping.Kind.NORM, norm.getAsDouble());
        }
        if (global.orElse(0) > 0) {
            return new Clipping(Clipping.Kind.GLOBAL_NORM, global.getAsDouble());
        }
        return value.orElse(0) > 0 ? new Clipping(Clipping.Kind.VALUE, value.getAsDouble()) : Clipping.NONE;
    }
}
