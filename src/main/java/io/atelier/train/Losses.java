package io.atelier.train;

import io.atelier.keras.KerasModel;
import io.atelier.keras.UnsupportedModelException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads losses from the config of a compiled model. */
public final class Losses {
    private Losses() {}

    /**
     * The loss that a model was compiled with; empty if it was not compiled with any.
     *
     * @throws UnsupportedModelException if it is one, or has an option, that training does not know
     */
    public static Optional<Loss> of(KerasModel model) {
        return model.trainingConfig()
                .flatMap(config -> Optional.ofNullable(config.options().get("loss")))
                .map(value -> {
                    try {
                        if (model.trainingConfig()
                                .map(config -> config.options().get("loss_weights"))
                                .isPresent()) {
                            throw new IllegalArgumentException(
                                    "training does not know loss_weights; give a loss in its place");
                        }
                        return read(Options.of(only(value)));
                    } catch (IllegalArgumentException e) {
                        throw new UnsupportedModelException(
                                model.origin().source(), "the loss cannot be used: " + e.getMessage(), e);
                    }
                });
    }

    /** The loss of a model's one output may stand in a list, or under the output's name. */
    private static Object only(Object value) {
        if (value instanceof List<?> list && list.size() == 1 && list.get(0) != null) {
            return list.get(0);
        }
        if (value instanceof Map<?, ?> map && map.size() == 1 && !map.containsKey("class_name")) {
            Object loss = map.values().iterator().next();
            return loss == null ? value : loss;
        }
        return value;
    }

    private static Loss read(Options options) {
        Loss.Kind kind = kind(options);
        Loss loss = new Loss(
                kind,
                kind.isCrossentropy() && options.flag("from_logits", false),
                kind == Loss.Kind.CATEGORICAL_CROSSENTROPY || kind == Loss.Kind.BINARY_CROSSENTROPY
                        ? options.number("label_smoothing", 0)
                        : 0,
                kind == Loss.Kind.HUBER ? options.number("delta", 1) : 1,
                reduction(options));
        options.ignore("name", "fn", "dtype");
        options.only("axis", -1);
        options.absent("ignore_class");
        options.end();
        return loss;
    }

    private static Loss.Kind kind(Options options) {
        return switch (options.plainName()) {
            case "categoricalcrossentropy" -> Loss.Kind.CATEGORICAL_CROSSENTROPY;
            case "sparsecategoricalcrossentropy" -> Loss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY;
            case "binarycrossentropy", "bce" -> Loss.Kind.BINARY_CROSSENTROPY;
            case "meansquarederror", "mse" -> Loss.Kind.MEAN_SQUARED_ERROR;
            case "meanabsoluteerror", "mae" -> Loss.Kind.MEAN_ABSOLUTE_ERROR;
            case "huber", "huberloss" -> Loss.Kind.HUBER;
            default ->
                throw new IllegalArgumentException("training does not know " + options.className() + ", only "
                        + List.of(Loss.Kind.values()).stream().map(Losses::name).toList()
                        + "; give one of these in its place");
        };
    }

    private static Loss.Reduction reduction(Options options) {
        Object name = options.value("reduction").orElse("sum_over_batch_size");
        return switch (name.toString()) {
            case "sum_over_batch_size", "mean", "auto" -> Loss.Reduction.MEAN;
            case "sum" -> Loss.Reduction.SUM;
            case "mean_with_sample_weight" -> Loss.Reduction.WEIGHTED_MEAN;
            default -> throw new IllegalArgumentException("training does not know reduction=" + name);
        };
    }

    /** Keras's name: {@code categorical_crossentropy}. */
    static String name(Loss.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
