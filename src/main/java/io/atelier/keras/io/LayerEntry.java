package io.atelier.keras.io;

import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.MaskRole;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A layer as a model's config lists it, before its options are understood.
 *
 * @param name unique within the model
 * @param fileClassName the class as the file names it: {@code Convolution2D}
 * @param className the class in Keras 3's terms: {@code Conv2D}
 * @param config its options in Keras 3's terms
 * @param calls the inputs of each call, in the order of node indices
 * @param nested what the layer consists of if it is a model
 */
record LayerEntry(
        String name,
        String fileClassName,
        String className,
        Map<String, @Nullable Object> config,
        List<List<TensorRef>> calls,
        Optional<ModelGraph> nested) {
    /** What stands before the name of a class that is a user's own. */
    static final String CUSTOM = "custom layer ";

    /** The option that says within how many TimeDistributed the model is that a layer is in; no config has it. */
    static final String OF_EACH_STEP = "of each step";

    /** The options that no config has, and that say what the calls of a layer do. */
    static final List<String> OURS =
            List.of(OF_EACH_STEP, InboundNodes.MASKS, InboundNodes.NUMBER, InboundNodes.NUMBER_FIRST);

    /** What stands before the name of a function of keras.ops, which may bear the name of a layer. */
    static final String OPERATION = "operation ";

    /** A layer that is no model. */
    LayerEntry(
            String name,
            String fileClassName,
            String className,
            Map<String, @Nullable Object> config,
            List<List<TensorRef>> calls) {
        this(name, fileClassName, className, config, calls, Optional.empty());
    }

    LayerEntry withCalls(List<List<TensorRef>> newCalls) {
        return new LayerEntry(name, fileClassName, className, config, newCalls, nested);
    }

    LayerEntry withName(String newName) {
        return new LayerEntry(newName, fileClassName, className, config, calls, nested);
    }

    /** This layer with further options. */
    LayerEntry withOptions(Map<String, ?> more) {
        Map<String, @Nullable Object> options = new HashMap<>(config);
        options.putAll(more);
        return new LayerEntry(name, fileClassName, className, options, calls, nested);
    }

    /** This layer, and all that is in it, as one that training leaves alone. */
    LayerEntry frozen() {
        LayerEntry frozen = withOptions(Map.of("trainable", false));
        return nested.map(model -> frozen.withNested(model.withTrainable(false)))
                .orElse(frozen);
    }

    LayerEntry withNested(ModelGraph model) {
        return new LayerEntry(name, fileClassName, className, config, calls, Optional.of(model));
    }

    /**
     * A layer that is the option of another: {@code {"class_name": "LSTM", "config": {…}}}.
     *
     * @throws IllegalArgumentException if the value is broken
     */
    static LayerEntry nested(String option, Object value) {
        if (!(value instanceof Map<?, ?> layer) || !(layer.get("config") instanceof Map<?, ?> config)) {
            throw new IllegalArgumentException(
                    option + " must be a layer, with class_name and config; received " + ConfigReader.brief(value));
        }
        String className = String.valueOf(layer.get("class_name"));
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        config.forEach((name, item) -> options.put(String.valueOf(name), item));
        return new LayerEntry(
                String.valueOf(options.get("name")),
                className,
                isCustom(layer) ? CUSTOM + className : className,
                options,
                List.of());
    }

    /** Whether a class is a user's own, which may bear the name of one of Keras's. */
    static boolean isCustom(Map<?, ?> layer) {
        Object module = layer.get("module");
        return String.valueOf(layer.get("registered_name")).contains(">")
                || (module != null && !module.toString().matches("(tf_keras|keras|tensorflow)(\\..*)?"));
    }

    /** Whether a class is a function of keras.ops. */
    static boolean isOperation(Map<?, ?> layer) {
        return String.valueOf(layer.get("module")).matches("keras\\.(src\\.)?ops(\\..*)?");
    }

    /** Its options without those that say what its calls do. */
    Map<String, @Nullable Object> fileConfig() {
        Map<String, @Nullable Object> options = new HashMap<>(config);
        options.keySet().removeAll(OURS);
        return options;
    }

    /** This layer, and all that is in it, applied to each step of a sequence: what a TimeDistributed makes of a model. */
    LayerEntry ofEachStep() {
        LayerEntry each = withOptions(Map.of(OF_EACH_STEP, timesOfEachStep() + 1));
        return nested.map(model -> each.withNested(model.ofEachStep())).orElse(each);
    }

    /** Within how many TimeDistributed the model is that the layer is in. */
    int timesOfEachStep() {
        return config.get(OF_EACH_STEP) instanceof Integer times ? times : 0;
    }

    /** This layer as it is in a model by itself. */
    LayerEntry ofOneStep() {
        return withOptions(Map.of(OF_EACH_STEP, 0));
    }

    /** Whether this is a function of keras.ops rather than a layer. */
    boolean isOperation() {
        return className.startsWith(OPERATION);
    }

    /** The roles of the masks that the layer's calls are given, which stand behind what they take. */
    List<MaskRole> maskRoles() {
        return config.get(InboundNodes.MASKS) instanceof List<?> roles
                ? roles.stream().map(MaskRole.class::cast).toList()
                : List.of();
    }

    /** Whether training leaves the layer as it is. */
    boolean isFrozen() {
        return Boolean.FALSE.equals(config.get("trainable"));
    }
}
