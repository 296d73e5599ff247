package io.atelier.keras.io;

import io.atelier.keras.TrainingConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a model was compiled, in Keras 3's terms: an archive has {@code compile_config} with the optimizer among the rest,
 * an {@code .h5} {@code training_config} with {@code optimizer_config}.
 */
final class CompileConfigs {
    private static final String OPTIMIZER = "optimizer";
    private static final String OPTIMIZER_CONFIG = "optimizer_config";

    /** What the optimizers of Keras 3 take; those of Keras 1 and 2 had more. */
    private static final Set<String> OPTIMIZER_OPTIONS = Set.of(
            "name",
            "learning_rate",
            "weight_decay",
            "clipnorm",
            "clipvalue",
            "global_clipnorm",
            "use_ema",
            "ema_momentum",
            "ema_overwrite_frequency",
            "beta_1",
            "beta_2",
            "epsilon",
            "amsgrad",
            "momentum",
            "nesterov",
            "rho",
            "centered",
            "initial_accumulator_value",
            "learning_rate_power",
            "l1_regularization_strength",
            "l2_regularization_strength",
            "l2_shrinkage_regularization_strength",
            "beta",
            "beta_2_decay",
            "epsilon_1",
            "epsilon_2",
            "clip_threshold",
            "relative_step");

    /** Names of metrics that Keras makes of the kind of output; all others are those of one function. */
    private static final Set<String> METRICS_BY_OUTPUT = Set.of("accuracy", "acc", "crossentropy", "ce");

    /** Short names of losses, which Keras 3 does not find when it reads an {@code .h5}. */
    private static final Map<String, String> LOSSES = Map.of(
            "mse", "mean_squared_error",
            "mae", "mean_absolute_error",
            "mape", "mean_absolute_percentage_error",
            "msle", "mean_squared_logarithmic_error",
            "kld", "kl_divergence",
            "bce", "binary_crossentropy",
            "logcosh", "log_cosh");

    private CompileConfigs() {}

    /** As an archive has it. */
    static Map<String, @Nullable Object> inArchive(TrainingConfig training, boolean isOld) {
        Map<String, @Nullable Object> options = new LinkedHashMap<>(training.options());
        Object optimizer = options.remove(OPTIMIZER_CONFIG);
        if (optimizer == null) {
            optimizer = options.remove(OPTIMIZER);
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put(OPTIMIZER, isOld ? oldOptimizer(optimizer) : withModule("keras.optimizers", optimizer));
        config.put("loss", each("keras.losses", isOld ? withoutFn(options.get("loss")) : options.get("loss")));
        config.put("loss_weights", options.get("loss_weights"));
        for (String metrics : List.of("metrics", "weighted_metrics")) {
            Object value = options.get(metrics);
            config.put(metrics, each("keras.metrics", isOld ? oldMetrics(value) : value));
        }
        for (String option : List.of("run_eagerly", "steps_per_execution", "jit_compile", "auto_scale_loss")) {
            if (!isOld && options.containsKey(option)) {
                config.put(option, options.get(option));
            }
        }
        return config;
    }

    /** Whether the learning rate follows a schedule, so that it is no variable of the optimizer. */
    static boolean hasSchedule(TrainingConfig training, boolean isOld) {
        Map<String, @Nullable Object> optimizer =
                LayerTree.object(inArchive(training, isOld).get(OPTIMIZER));
        return LayerTree.object(optimizer.get("config")).get("learning_rate") instanceof Map<?, ?>;
    }

    /** As an {@code .h5} has it. */
    static Map<String, @Nullable Object> inH5(TrainingConfig training, boolean isOld) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        inArchive(training, isOld).forEach((name, value) -> {
            if (!name.equals(OPTIMIZER)) {
                config.put(name, ClassPaths.withoutSharing(value));
            }
        });
        config.computeIfPresent("loss", (name, loss) -> longName(loss));
        config.put(
                OPTIMIZER_CONFIG,
                brief(CommonDialect.optimizer(
                        ClassPaths.withoutSharing(inArchive(training, isOld).get(OPTIMIZER)))));
        return config;
    }

    private static @Nullable Object longName(@Nullable Object loss) {
        if (loss instanceof String name) {
            return LOSSES.getOrDefault(name.toLowerCase(Locale.ROOT), name);
        }
        if (loss instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            list.forEach(item -> all.add(longName(item)));
            return all;
        }
        if (loss instanceof Map<?, ?> map && !map.containsKey("class_name")) {
            Map<String, @Nullable Object> all = LayerTree.object(map);
            all.replaceAll((name, item) -> longName(item));
            return all;
        }
        return loss;
    }

    private static @Nullable Object brief(@Nullable Object optimizer) {
        if (!(optimizer instanceof Map<?, ?> map)) {
            return optimizer;
        }
        Map<String, @Nullable Object> brief = LayerTree.object(map);
        String registered = String.valueOf(brief.remove("registered_name"));
        brief.remove("module");
        if (registered.contains(">")) {
            brief.put("class_name", registered);
        }
        return brief;
    }

    private static @Nullable Object withModule(String module, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)
                || !(map.get("config") instanceof Map<?, ?>)
                || map.containsKey("module")
                || String.valueOf(map.get("class_name")).contains(">")) {
            return value;
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("module", module);
        object.putAll(LayerTree.object(map));
        object.put("registered_name", null);
        return object;
    }

    /** One object, or several in a list, or by the names of outputs. */
    private static @Nullable Object each(String module, @Nullable Object value) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            list.forEach(item -> all.add(each(module, item)));
            return all;
        }
        if (value instanceof Map<?, ?> map && !map.containsKey("class_name")) {
            Map<String, @Nullable Object> all = LayerTree.object(map);
            all.replaceAll((name, item) -> each(module, item));
            return all;
        }
        return withModule(module, value);
    }

    /** An optimizer of Keras 1 or 2, whose learning rate may fall with every step. */
    private static @Nullable Object oldOptimizer(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, @Nullable Object> options = LayerTree.object(map.get("config"));
        if (options.containsKey("lr")) {
            options.putIfAbsent("learning_rate", options.get("lr"));
        }
        Object rate = options.get("learning_rate");
        // Nadam's is that of its momentum, which Keras 3 does not let one choose.
        boolean isOfRate = !"Nadam".equals(map.get("class_name"));
        if (isOfRate
                && options.get("decay") instanceof Number decay
                && decay.doubleValue() != 0
                && rate instanceof Number) {
            Map<String, Object> schedule = Map.of("initial_learning_rate", rate, "decay_steps", 1, "decay_rate", decay);
            rate = Map.of("class_name", "InverseTimeDecay", "config", schedule);
        }
        options.put("learning_rate", withModule("keras.optimizers.schedules", rate));
        options.keySet().retainAll(OPTIMIZER_OPTIONS);
        options.values().removeIf(option -> option == null);
        String className = String.valueOf(map.get("class_name"));
        Map<String, @Nullable Object> optimizer = new LinkedHashMap<>();
        optimizer.put("class_name", className.replaceFirst("^Custom>", ""));
        optimizer.put("config", options);
        return withModule("keras.optimizers", optimizer);
    }

    /** A loss as Keras 2 wrote it, which also names the function that it is. */
    private static @Nullable Object withoutFn(@Nullable Object value) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            list.forEach(item -> all.add(withoutFn(item)));
            return all;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, @Nullable Object> loss = LayerTree.object(map);
        if (map.get("class_name") != null && map.get("config") instanceof Map<?, ?> old) {
            Map<String, @Nullable Object> config = LayerTree.object(old);
            config.remove("fn");
            config.replace("reduction", "auto", "sum_over_batch_size");
            loss.put("config", config);
        } else {
            loss.replaceAll((name, item) -> withoutFn(item));
        }
        return loss;
    }

    /** Metrics of Keras 2, which has a list for each output, and wraps every function. */
    private static @Nullable Object oldMetrics(@Nullable Object value) {
        if (value instanceof List<?> list) {
            List<?> metrics = list.size() == 1 && list.get(0) instanceof List<?> ofOneOutput ? ofOneOutput : list;
            List<@Nullable Object> all = new ArrayList<>();
            metrics.forEach(item -> all.add(oldMetrics(item)));
            return all;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (map.get("config") instanceof Map<?, ?> config
                && "MeanMetricWrapper".equals(map.get("class_name"))
                && config.get("fn") != null) {
            Object name = config.get("name");
            return name instanceof String text && METRICS_BY_OUTPUT.contains(text) ? name : config.get("fn");
        }
        Map<String, @Nullable Object> all = LayerTree.object(map);
        if (!map.containsKey("class_name")) {
            all.replaceAll((name, item) -> oldMetrics(item));
        }
        return all;
    }
}
