package io.atelier.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The options of an object that Keras wrote: its class and its config, which may also stand as a name alone.
 *
 * <p>Whatever is wrong ends in an {@link IllegalArgumentException}, and so does, at {@link #end}, an option that nobody
 * asked for.
 */
final class Options {
    private final String className;
    private final Map<String, @Nullable Object> config;
    private final Set<String> asked = new TreeSet<>();

    private Options(String className, Map<String, @Nullable Object> config) {
        this.className = className;
        this.config = config;
    }

    /** A serialized object, or the name of one with its default options. */
    static Options of(Object value) {
        if (value instanceof String name) {
            return new Options(name, Map.of());
        }
        if (value instanceof Map<?, ?> map && map.get("class_name") != null) {
            String name = String.valueOf(map.get("class_name"));
            if ("function".equals(name) && map.get("config") instanceof String function) {
                return new Options(function, Map.of());
            }
            Map<String, @Nullable Object> config = new LinkedHashMap<>();
            if (map.get("config") instanceof Map<?, ?> options) {
                options.forEach((key, option) -> config.put(String.valueOf(key), option));
            }
            // Keras 2.11 to 2.14 wrote its own new optimizers as Custom>Adam.
            return new Options(name.startsWith("Custom>") ? name.substring("Custom>".length()) : name, config);
        }
        throw new IllegalArgumentException(
                "expected the name of a class, or a class with its config; received " + value);
    }

    String className() {
        return className;
    }

    /** The name in small letters without anything else: {@code SparseCategoricalCrossentropy} as Keras's function of it. */
    String plainName() {
        return className.replace("_", "").toLowerCase(Locale.ROOT);
    }

    Optional<Object> value(String name) {
        asked.add(name);
        return Optional.ofNullable(config.get(name));
    }

    OptionalDouble optionalNumber(String name) {
        Optional<Object> value = value(name);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (value.get() instanceof Number number && Double.isFinite(number.doubleValue())) {
            return OptionalDouble.of(number.doubleValue());
        }
        throw new IllegalArgumentException(className + ": " + name + " must be a number; received " + value.get());
    }

    double number(String name, double byDefault) {
        return optionalNumber(name).orElse(byDefault);
    }

    double number(String name) {
        return optionalNumber(name)
                .orElseThrow(() -> new IllegalArgumentException(className + ": " + name + " is missing"));
    }

    boolean flag(String name, boolean byDefault) {
        Object value = value(name).orElse(byDefault);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new IllegalArgumentException(className + ": " + name + " must be true or false; received " + value);
    }

    List<Double> numbers(String name) {
        if (value(name).orElse(List.of()) instanceof List<?> list
                && list.stream().allMatch(Number.class::isInstance)) {
            return list.stream().map(number -> ((Number) number).doubleValue()).toList();
        }
        throw new IllegalArgumentException(className + ": " + name + " must be a list of numbers");
    }

    /** Options that change nothing. */
    void ignore(String... names) {
        asked.addAll(List.of(names));
    }

    /** An option that is only taken at the value that does nothing. */
    void only(String name, Object idle) {
        Object value = value(name).orElse(idle);
        boolean isIdle = value instanceof Number number && idle instanceof Number idleNumber
                ? number.doubleValue() == idleNumber.doubleValue()
                : value.equals(idle);
        if (!isIdle) {
            throw refused(name);
        }
    }

    /** An option that is only taken where it is absent. */
    void absent(String name) {
        if (value(name).isPresent()) {
            throw refused(name);
        }
    }

    private IllegalArgumentException refused(String name) {
        return new IllegalArgumentException(className + ": training does not know " + name + "=" + config.get(name)
                + "; give another in its place");
    }

    /** Refuses what nobody asked for. */
    void end() {
        config.forEach((name, value) -> {
            if (value != null && !asked.contains(name)) {
                throw refused(name);
            }
        });
    }
}
