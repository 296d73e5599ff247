package io.atelier.keras.io;

import io.atelier.keras.layer.AnyAlong;
import io.atelier.keras.layer.Comparison;
import io.atelier.keras.layer.Comparison.Kind;
import io.atelier.keras.layer.Concatenate;
import io.atelier.keras.layer.ConstantLike;
import io.atelier.keras.layer.Conversion;
import io.atelier.keras.layer.ElementwiseMerge;
import io.atelier.keras.layer.ExpandDims;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.LayerOperation;
import io.atelier.keras.layer.Logic;
import io.atelier.keras.layer.MergeKind;
import io.atelier.keras.layer.Softmax;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the functions of keras.ops that stand in a graph beside the layers: above all those that compute masks. */
final class OperationParsers {
    /** The type that an operation converts to, which a layer's own option must not be taken for. */
    private static final String TYPE = "converts to";

    /** The option that names a function of TensorFlow. */
    private static final String FUNCTION = "function";

    private static final Map<String, String> OF_TENSORFLOW = Map.of(
            "math.equal", "Equal",
            "math.not_equal", "NotEqual",
            "math.greater", "Greater",
            "math.greater_equal", "GreaterEqual",
            "math.less", "Less",
            "math.less_equal", "LessEqual",
            "math.logical_and", "LogicalAnd",
            "math.logical_or", "LogicalOr",
            "math.logical_not", "LogicalNot");

    private static final Map<Kind, Kind> TURNED_ROUND = Map.of(
            Kind.GREATER, Kind.LESS,
            Kind.GREATER_EQUAL, Kind.LESS_EQUAL,
            Kind.LESS, Kind.GREATER,
            Kind.LESS_EQUAL, Kind.GREATER_EQUAL);

    private OperationParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        for (Kind kind : Kind.values()) {
            add(table, kind.className(), options -> comparison(kind, options));
        }
        for (Logic.Kind kind : Logic.Kind.values()) {
            add(table, kind.className(), options -> new Logic(kind));
        }
        for (MergeKind kind :
                List.of(MergeKind.ADD, MergeKind.SUBTRACT, MergeKind.MULTIPLY, MergeKind.MAXIMUM, MergeKind.MINIMUM)) {
            add(table, kind.className(), options -> {
                refuseNumber(options);
                return new LayerOperation(new ElementwiseMerge(kind), false);
            });
        }
        add(table, "Concatenate", options -> new LayerOperation(new Concatenate(options.integer("axis", 0)), false));
        add(
                table,
                "Softmax",
                options -> new LayerOperation(
                        new Softmax(options.optionalIntegers("axis").orElse(List.of(-1))), false));
        add(table, "Any", OperationParsers::any);
        add(table, "ExpandDims", options -> new ExpandDims(options.integer("axis")));
        add(table, "ZerosLike", options -> constantLike(0, options));
        add(table, "OnesLike", options -> constantLike(1, options));
        add(table, "Cast", options -> conversion("Cast", options));
        add(table, "ConvertToTensor", options -> conversion("ConvertToTensor", options));
    }

    private static void add(Map<String, LayerParser> table, String className, LayerParser parser) {
        table.put(LayerEntry.OPERATION + className, parser);
    }

    /** Whether a layer of Keras 2 is a function of TensorFlow that is one of keras.ops. */
    static boolean isOfTensorFlow(String fileClassName, Map<String, @Nullable Object> options) {
        return fileClassName.equals("TFOpLambda") && OF_TENSORFLOW.containsKey(String.valueOf(options.get(FUNCTION)));
    }

    /** The name in keras.ops of such a function. */
    static String className(Map<String, @Nullable Object> options) {
        return OF_TENSORFLOW.getOrDefault(String.valueOf(options.get(FUNCTION)), "");
    }

    /** The options of an operation, with a type of its own under another name. */
    static Map<String, @Nullable Object> options(Map<String, @Nullable Object> fileOptions) {
        Map<String, @Nullable Object> options = new HashMap<>(fileOptions);
        boolean isOfTensorFlow = options.remove(FUNCTION) != null;
        if (options.containsKey("dtype") && !isOfTensorFlow) {
            options.put(TYPE, options.remove("dtype"));
        }
        return options;
    }

    private static LayerConfig comparison(Kind kind, ConfigReader options) {
        boolean isFirst = options.flag(InboundNodes.NUMBER_FIRST, false);
        Optional<Double> number = options.optionalNumber(InboundNodes.NUMBER);
        return new Comparison(isFirst ? TURNED_ROUND.getOrDefault(kind, kind) : kind, number);
    }

    private static void refuseNumber(ConfigReader options) {
        options.ignore(InboundNodes.NUMBER_FIRST);
        options.refuseUnless(
                InboundNodes.NUMBER, "None", "Use a layer of keras.layers, such as Rescaling, in its place");
    }

    private static LayerConfig any(ConfigReader options) {
        return new AnyAlong(
                options.optionalIntegers("axis")
                        .orElseThrow(() -> new UnsupportedOptionException(
                                "axis must be given; received None, which would join the flags of all rows")),
                options.flag("keepdims", false));
    }

    private static LayerConfig constantLike(int value, ConfigReader options) {
        options.ignore(TYPE);
        return new ConstantLike(value);
    }

    private static LayerConfig conversion(String className, ConfigReader options) {
        String type = options.optionalText(TYPE).orElse("");
        options.ignore("sparse", "ragged");
        if (!type.isEmpty() && !type.equals("bool") && !type.equals("float32")) {
            throw new UnsupportedOptionException(
                    "dtype must be bool or float32; received '" + type + "'. Use a layer of keras.layers in its place");
        }
        return new Conversion(className, type.equals("bool"));
    }
}
