package io.atelier.serve;

import java.util.Map;
import java.util.Optional;

/** What the two protocols call Keras's types. */
final class Datatypes {
    private record Names(String tensorFlow, String openInference) {}

    private static final Map<String, Names> BY_KERAS = Map.ofEntries(
            Map.entry("float32", new Names("DT_FLOAT", "FP32")),
            Map.entry("float64", new Names("DT_DOUBLE", "FP64")),
            Map.entry("float16", new Names("DT_HALF", "FP16")),
            Map.entry("bool", new Names("DT_BOOL", "BOOL")),
            Map.entry("int8", new Names("DT_INT8", "INT8")),
            Map.entry("int16", new Names("DT_INT16", "INT16")),
            Map.entry("int32", new Names("DT_INT32", "INT32")),
            Map.entry("int64", new Names("DT_INT64", "INT64")),
            Map.entry("uint8", new Names("DT_UINT8", "UINT8")),
            Map.entry("uint16", new Names("DT_UINT16", "UINT16")),
            Map.entry("uint32", new Names("DT_UINT32", "UINT32")),
            Map.entry("uint64", new Names("DT_UINT64", "UINT64")));

    private Datatypes() {}

    /** {@code DT_FLOAT} for {@code float32}; a type that is not known is carried as that. */
    static String tensorFlow(String keras) {
        return Optional.ofNullable(BY_KERAS.get(keras)).map(Names::tensorFlow).orElse("DT_FLOAT");
    }

    /** {@code FP32} for {@code float32}; a type that is not known is carried as that. */
    static String openInference(String keras) {
        return Optional.ofNullable(BY_KERAS.get(keras))
                .map(Names::openInference)
                .orElse("FP32");
    }

    /** Whether the Open Inference Protocol has a type of this name for numbers. */
    static boolean isOpenInferenceNumber(String datatype) {
        return BY_KERAS.values().stream()
                .anyMatch(names -> names.openInference().equals(datatype));
    }

    /** How many bytes a number of a type of the Open Inference Protocol has: {@code BOOL} one, {@code FP32} four. */
    static int bytes(String datatype) {
        return datatype.equals("BOOL") ? 1 : Integer.parseInt(datatype.replaceAll("\\D", "")) / Byte.SIZE;
    }

    /** The smallest and largest integer of a type of the Open Inference Protocol; empty for floats. */
    static Optional<double[]> range(String datatype) {
        if (datatype.equals("BOOL")) {
            return Optional.of(new double[] {0, 1});
        }
        boolean isUnsigned = datatype.startsWith("UINT");
        if (!isUnsigned && !datatype.startsWith("INT")) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(datatype.substring(isUnsigned ? 4 : 3));
        return Optional.of(
                isUnsigned
                        ? new double[] {0, Math.pow(2, bits) - 1}
                        : new double[] {-Math.pow(2, bits - 1), Math.pow(2, bits - 1) - 1});
    }
}
