package io.atelier.keras.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts the layers of Keras 1 into Keras 3's terms.
 *
 * <p>Source: keras/layers of Keras 1.2.2; keras/legacy/interfaces.py of Keras 2, which accepted Keras 1's arguments.
 */
final class Keras1Dialect {
    private static final Map<String, String> CLASS_NAMES = Map.of(
            "Convolution1D", "Conv1D",
            "Convolution2D", "Conv2D",
            "Convolution3D", "Conv3D",
            "AtrousConvolution1D", "Conv1D",
            "AtrousConvolution2D", "Conv2D");

    /** What a Merge of each mode is; one that runs Python code is a Lambda. */
    private static final Map<String, String> MERGES = Map.of(
            "sum", "Add", "mul", "Multiply", "ave", "Average", "max", "Maximum", "concat", "Concatenate", "dot", "Dot");

    private static final Set<String> MERGE_OPTIONS = Set.of(
            "layers",
            "mode",
            "mode_type",
            "concat_axis",
            "dot_axes",
            "output_shape",
            "output_shape_type",
            "output_mask",
            "output_mask_type",
            "arguments");

    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("output_dim", "units"),
            Map.entry("nb_filter", "filters"),
            Map.entry("filter_length", "kernel_size"),
            Map.entry("pool_length", "pool_size"),
            Map.entry("length", "size"),
            Map.entry("subsample", "strides"),
            Map.entry("subsample_length", "strides"),
            Map.entry("stride", "strides"),
            Map.entry("border_mode", "padding"),
            Map.entry("dim_ordering", "data_format"),
            Map.entry("atrous_rate", "dilation_rate"),
            Map.entry("bias", "use_bias"),
            Map.entry("p", "rate"),
            Map.entry("sigma", "stddev"),
            Map.entry("init", "kernel_initializer"),
            Map.entry("W_regularizer", "kernel_regularizer"),
            Map.entry("b_regularizer", "bias_regularizer"),
            Map.entry("W_constraint", "kernel_constraint"),
            Map.entry("b_constraint", "bias_constraint"),
            Map.entry("inner_init", "recurrent_initializer"),
            Map.entry("inner_activation", "recurrent_activation"),
            Map.entry("U_regularizer", "recurrent_regularizer"),
            Map.entry("dropout_W", "dropout"),
            Map.entry("dropout_U", "recurrent_dropout"),
            Map.entry("consume_less", "implementation"),
            Map.entry("beta_init", "beta_initializer"),
            Map.entry("gamma_init", "gamma_initializer"));

    /** Options that have another name in one class than in all others. */
    private static final Map<String, Map<String, String>> OPTIONS_OF_CLASS = Map.of(
            "Embedding",
            Map.of(
                    "output_dim", "output_dim",
                    "init", "embeddings_initializer",
                    "W_regularizer", "embeddings_regularizer",
                    "W_constraint", "embeddings_constraint"),
            "PReLU",
            Map.of("init", "alpha_initializer"));

    /** Kernel sizes that are options of their own, one an axis. */
    private static final List<List<String>> KERNEL_SIZES =
            List.of(List.of("nb_row", "nb_col"), List.of("kernel_dim1", "kernel_dim2", "kernel_dim3"));

    /** Layers whose order of axes Keras 1 did not save. */
    private static final Set<String> WITHOUT_DATA_FORMAT = Set.of(
            "UpSampling2D",
            "UpSampling3D",
            "ZeroPadding2D",
            "ZeroPadding3D",
            "Cropping2D",
            "Cropping3D",
            "SpatialDropout2D",
            "SpatialDropout3D");

    private static final String DIM_ORDERING = "dim_ordering";
    private static final Map<String, String> DATA_FORMATS =
            Map.of("tf", "channels_last", "th", "channels_first", "default", "channels_last");

    private Keras1Dialect() {}

    static String className(String keras1Name, Map<String, ?> keras1Options) {
        if (keras1Name.equals("Merge")) {
            return "raw".equals(keras1Options.get("mode_type"))
                    ? MERGES.getOrDefault(String.valueOf(keras1Options.get("mode")), keras1Name)
                    : "Lambda";
        }
        if (keras1Name.equals("SeparableConvolution2D") && "tf".equals(keras1Options.get(DIM_ORDERING))) {
            return "SeparableConv2D";
        }
        return CLASS_NAMES.getOrDefault(keras1Name, keras1Name);
    }

    /** The dim_ordering that the layers of a model have in common, for those that do not say theirs. */
    static String dimOrdering(Object config) {
        Set<String> found = new TreeSet<>();
        collect(config, found);
        if (found.size() > 1) {
            // No data_format has this name, so that a layer which does not say its own is refused.
            return "not saved, where other layers have " + found;
        }
        return found.isEmpty() ? "tf" : found.iterator().next();
    }

    private static void collect(@Nullable Object value, Set<String> found) {
        if (value instanceof Map<?, ?> map) {
            if (map.get(DIM_ORDERING) instanceof String order) {
                found.add(order);
            }
            map.values().forEach(item -> collect(item, found));
        } else if (value instanceof List<?> list) {
            list.forEach(item -> collect(item, found));
        }
    }

    /** @param dimOrdering of layers that do not say theirs */
    static Map<String, @Nullable Object> options(
            String keras1ClassName, Map<String, @Nullable Object> keras1Options, String dimOrdering) {
        Map<String, @Nullable Object> rest = new HashMap<>(keras1Options);
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        if (WITHOUT_DATA_FORMAT.contains(keras1ClassName)) {
            rest.putIfAbsent(DIM_ORDERING, dimOrdering);
        }
        for (List<String> names : KERNEL_SIZES) {
            if (rest.keySet().containsAll(names)) {
                List<@Nullable Object> sizes = new ArrayList<>();
                names.forEach(name -> sizes.add(rest.remove(name)));
                options.put("kernel_size", sizes);
            }
        }
        if (keras1ClassName.equals("BatchNormalization") && Integer.valueOf(0).equals(rest.get("mode"))) {
            rest.remove("mode");
        }
        if (keras1ClassName.equals("Merge")) {
            merge(rest, options);
        } else if (keras1ClassName.equals("Embedding")) {
            rest.remove("dropout", 0.0);
        } else {
            // What the input has, which the weights say as well.
            rest.keySet().removeAll(Set.of("input_dim", "input_length", "forget_bias_init"));
        }
        if (rest.get("layer") instanceof Map<?, ?> wrapped) {
            rest.put("layer", nested(wrapped, dimOrdering));
        }
        Map<String, String> ofClass = OPTIONS_OF_CLASS.getOrDefault(keras1ClassName, Map.of());
        rest.forEach((name, value) -> options.put(ofClass.getOrDefault(name, OPTIONS.getOrDefault(name, name)), value));
        options.computeIfPresent("data_format", (name, value) -> DATA_FORMATS.getOrDefault(value, value.toString()));
        return options;
    }

    private static void merge(Map<String, @Nullable Object> merge, Map<String, @Nullable Object> options) {
        Object mode = merge.get("mode");
        if ("concat".equals(mode)) {
            options.put("axis", merge.get("concat_axis"));
        } else if ("dot".equals(mode)) {
            options.put("axes", merge.get("dot_axes"));
        } else if (!MERGES.containsKey(String.valueOf(mode))) {
            options.put("mode", mode);
        }
        merge.keySet().removeAll(MERGE_OPTIONS);
    }

    /** A layer that is the option of another. */
    private static Map<String, @Nullable Object> nested(Map<?, ?> layer, String dimOrdering) {
        LayerEntry entry = LayerEntry.nested("layer", layer);
        return Map.of(
                "class_name", className(entry.fileClassName(), entry.config()),
                "config", options(entry.fileClassName(), entry.config(), dimOrdering));
    }
}
