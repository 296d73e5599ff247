package io.atelier.keras.io;

import java.util.Map;
import java.util.Set;

/** The precision in which Keras ran a layer. */
final class DtypePolicy {
    /**
     * All are computed in float32 here, which is at least as exact for the narrower ones. Pure bfloat16 is missing: its
     * weights are stored as opaque bytes, which jHDF does not read.
     */
    private static final Set<String> HANDLED =
            Set.of("float32", "float16", "float64", "mixed_float16", "mixed_bfloat16");

    private DtypePolicy() {}

    /** The name of the policy: a text in Keras 2, an object with a name in Keras 3. */
    static String read(ConfigReader options) {
        Object dtype = options.value("dtype").orElse("float32");
        if (dtype instanceof Map<?, ?> policy
                && policy.get("config") instanceof Map<?, ?> config
                && config.get("name") instanceof String name) {
            dtype = name;
        }
        if (dtype instanceof String name) {
            if (HANDLED.contains(name) || name.equals("bool") || name.startsWith("int") || name.startsWith("uint")) {
                return name;
            }
        }
        throw new UnsupportedOptionException(
                "dtype must be one of " + HANDLED.stream().sorted().toList() + "; received " + ConfigReader.brief(dtype)
                        + ". Save the model in float32 and without quantization");
    }
}
