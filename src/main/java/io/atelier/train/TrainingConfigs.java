package io.atelier.train;

import io.atelier.keras.KerasModel;
import io.atelier.keras.TrainingConfig;
import io.atelier.keras.UnsupportedModelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes optimizers and losses as Keras 3's {@code compile_config} has them. */
final class TrainingConfigs {
    private TrainingConfigs() {}

    /** What a model says of how it was compiled where that is what it is trained with, and otherwise a config of its own. */
    static TrainingConfig of(KerasModel model, Optimizer optimizer, Loss loss) {
        boolean isAsCompiled = model.trainingConfig().isPresent()
                && isKnown(model)
                && Optimizers.of(model).filter(optimizer::equals).isPresent()
                && Losses.of(model).filter(loss::equals).isPresent();
        if (isAsCompiled) {
            return new TrainingConfig(model.trainingConfig().orElseThrow().options(), List.of());
        }
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("optimizer", object("keras.optimizers", optimizer.className(), options(optimizer)));
        options.put("loss", object("keras.losses", className(loss.kind()), options(loss)));
        options.put("metrics", List.of("accuracy"));
        return new TrainingConfig(options, List.of());
    }

    /** Whether the model's own optimizer and loss are such as training knows. */
    private static boolean isKnown(KerasModel model) {
        try {
            Optimizers.of(model);
            Losses.of(model);
            return true;
        } catch (UnsupportedModelException e) {
            return false;
        }
    }

    private static Map<String, @Nullable Object> object(String module, String className, Map<String, Object> config) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("module", module);
        object.put("class_name", className);
        object.put("config", config);
        object.put("registered_name", null);
        return object;
    }

    private static Map<String, Object> options(Optimizer optimizer) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("name", optimizer.className().toLowerCase(Locale.ROOT));
        options.put("learning_rate", learningRate(optimizer.learningRate()));
        optimizer.weightDecay().ifPresent(decay -> options.put("weight_decay", decay));
        double limit = optimizer.clipping().limit();
        switch (optimizer.clipping().kind()) {
            case NONE -> {}
            case NORM -> options.put("clipnorm", limit);
            case VALUE -> options.put("clipvalue", limit);
            case GLOBAL_NORM -> options.put("global_clipnorm", limit);
        }
        options.putAll(optimizer.rule().options());
        return options;
    }

    private static Object learningRate(LearningRate rate) {
        return rate instanceof LearningRate.Constant constant
                ? constant.rate()
                : object("keras.optimizers.schedules", rate.getClass().getSimpleName(), LearningRates.options(rate));
    }

    private static Map<String, Object> options(Loss loss) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("name", Losses.name(loss.kind()));
        options.put(
                "reduction",
                switch (loss.reduction()) {
                    case MEAN -> "sum_over_batch_size";
                    case SUM -> "sum";
                    case WEIGHTED_MEAN -> "mean_with_sample_weight";
                });
        if (loss.kind().isCrossentropy()) {
            options.put("from_logits", loss.fromLogits());
        }
        if (loss.labelSmoothing() > 0) {
            options.put("label_smoothing", loss.labelSmoothing());
        }
        if (loss.kind() == Loss.Kind.HUBER) {
            options.put("delta", loss.delta());
        }
        return options;
    }

    private static String className(Loss.Kind kind) {
        return switch (kind) {
            case CATEGORICAL_CROSSENTROPY -> "CategoricalCrossentropy";
            case SPARSE_CATEGORICAL_CROSSENTROPY -> "SparseCategoricalCrossentropy";
            case BINARY_CROSSENTROPY -> "BinaryCrossentropy";
            case MEAN_SQUARED_ERROR -> "MeanSquaredError";
            case MEAN_ABSOLUTE_ERROR -> "MeanAbsoluteError";
            case HUBER -> "Huber";
        };
    }
}
