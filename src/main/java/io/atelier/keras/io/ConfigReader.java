package io.atelier.keras.io;

import io.atelier.keras.layer.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options of one layer and remembers which: an option that nobody asked for would otherwise be ignored in
 * silence.
 *
 * <p>An option that is absent or null has its default. Values of the wrong type are refused with an
 * {@link IllegalArgumentException}, good values that are not handled with an {@link UnsupportedOptionException}.
 */
final class ConfigReader implements LayerOptions {
    private final Map<String, @Nullable Object> options;
    private final Set<String> read = new LinkedHashSet<>();
    private final Map<String, Object> trainingOptions = new LinkedHashMap<>();
    private boolean isFrozen;

    ConfigReader(Map<String, @Nullable Object> options) {
        this.options = options;
    }

    @Override
    public boolean has(String option) {
        return options.get(option) != null;
    }

    /** Whether the option is there and null, which Python calls None. */
    boolean isNull(String option) {
        return options.containsKey(option) && options.get(option) == null;
    }

    /** The option's value; empty if it is absent or null. */
    Optional<Object> value(String option) {
        read.add(option);
        return Optional.ofNullable(options.get(option)).map(ConfigReader::plain);
    }

    /** Unwraps what Keras 3 wraps tuples and arrays in. */
    static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            if ("__tuple__".equals(map.get("class_name")) && map.get("items") instanceof List<?> items) {
                return items;
            }
            if ("__numpy__".equals(map.get("class_name"))
                    && map.get("config") instanceof Map<?, ?> config
                    && config.get("value") instanceof List<?> array) {
                return array;
            }
        }
        return value;
    }

    @Override
    public String text(String option) {
        return optionalText(option).orElseThrow(() -> missing(option));
    }

    @Override
    public Optional<String> optionalText(String option) {
        return value(option).map(value -> expect(option, "text", String.class, value));
    }

    @Override
    public int integer(String option) {
        return value(option).map(value -> toInteger(option, value)).orElseThrow(() -> missing(option));
    }

    @Override
    public int integer(String option, int byDefault) {
        return value(option).map(value -> toInteger(option, value)).orElse(byDefault);
    }

    Optional<Long> optionalLong(String option) {
        return value(option)
                .map(value -> expect(option, "an integer", Number.class, value).longValue());
    }

    @Override
    public double number(String option, double byDefault) {
        return optionalNumber(option).orElse(byDefault);
    }

    Optional<Double> optionalNumber(String option) {
        return value(option).map(value -> toNumber(option, value));
    }

    @Override
    public boolean flag(String option, boolean byDefault) {
        return value(option).map(value -> toFlag(option, value)).orElse(byDefault);
    }

    /** One integer, or several. */
    @Override
    public Optional<List<Integer>> optionalIntegers(String option) {
        return value(option)
                .map(value -> value instanceof List<?> list
                        ? list.stream().map(item -> toInteger(option, item)).toList()
                        : List.of(toInteger(option, value)));
    }

    List<Integer> integers(String option) {
        return optionalIntegers(option).orElseThrow(() -> missing(option));
    }

    /** A shape in which null, written as -1, stands for the size of the input. */
    Optional<List<Integer>> optionalNoiseShape(String option) {
        return value(option).map(value -> {
            List<Integer> sizes = new ArrayList<>();
            for (Object size : expect(option, "a list of axis sizes", List.class, value)) {
                sizes.add(size == null ? -1 : toInteger(option, size));
            }
            return sizes;
        });
    }

    /** One integer for each spatial axis; a single integer stands for all of them. */
    Optional<List<Integer>> optionalSpatial(String option, int rank) {
        return optionalIntegers(option)
                .map(values -> values.size() == 1 ? Collections.nCopies(rank, values.get(0)) : values)
                .map(values -> ofLength(option, values, rank));
    }

    private static List<Integer> ofLength(String option, List<Integer> values, int rank) {
        if (values.size() != rank) {
            throw new IllegalArgumentException(
                    option + " must be one integer, or " + rank + " for as many spatial axes; received " + values);
        }
        return values;
    }

    List<Integer> spatial(String option, int rank) {
        return optionalSpatial(option, rank).orElseThrow(() -> missing(option));
    }

    /** One number, or several. */
    @Override
    public Optional<List<Double>> optionalNumbers(String option) {
        return value(option)
                .map(value -> value instanceof List<?> list
                        ? list.stream().map(item -> toNumber(option, item)).toList()
                        : List.of(toNumber(option, value)));
    }

    /** A word of a fixed list. */
    <E extends Enum<E> & Named> E word(String option, E byDefault) {
        Class<E> type = byDefault.getDeclaringClass();
        return optionalText(option)
                .map(text -> Named.parse(type, text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                option + " must be one of " + words(type) + "; received '" + text + "'")))
                .orElse(byDefault);
    }

    static <E extends Enum<E> & Named> String words(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Named::kerasName).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Options that only matter to training: they are kept as they are, to be written back. */
    @Override
    public void keepForTraining(String... names) {
        for (String option : names) {
            value(option).ifPresent(value -> trainingOptions.put(option, value));
        }
    }

    /** How the weights of these names, such as {@code kernel}, begin and are held back in training. */
    void keepWeightsForTraining(String... weights) {
        for (String weight : weights) {
            keepForTraining(weight + "_initializer", weight + "_regularizer", weight + "_constraint");
        }
    }

    /** All options that nobody has asked for yet only matter to training. */
    void keepRestForTraining() {
        options.keySet().stream()
                .filter(option -> !read.contains(option))
                .toList()
                .forEach(this::keepForTraining);
    }

    /** Options that change no result, whatever their value. */
    @Override
    public void ignore(String... names) {
        read.addAll(Arrays.asList(names));
    }

    /** Refuses an option that is handled only with its default. */
    void refuseUnless(String option, Object handled, String advice) {
        value(option).filter(value -> !value.equals(handled)).ifPresent(value -> {
            throw new UnsupportedOptionException(
                    option + " must be " + handled + "; received " + brief(value) + ". " + advice);
        });
    }

    /**
     * A layer within the layer: {@code {"class_name": …, "config": {…}}}; empty if the option is absent. It is kept for
     * being written back.
     */
    Optional<LayerEntry> layer(String option) {
        keepForTraining(option);
        Optional<LayerEntry> layer = value(option).map(value -> LayerEntry.nested(option, value));
        layer.filter(LayerEntry::isFrozen).ifPresent(frozen -> isFrozen = true);
        return layer;
    }

    /** Several layers within the layer. */
    List<LayerEntry> layers(String option) {
        Object value = value(option).orElseThrow(() -> missing(option));
        return expect(option, "a list of layers", List.class, value).stream()
                .map(item -> LayerEntry.nested(option, item == null ? "null" : item))
                .toList();
    }

    /** Whether training leaves the layer, or one within it, as it is. */
    boolean isFrozen() {
        return isFrozen || !flag("trainable", true);
    }

    /** What {@link #keepForTraining} kept. */
    Map<String, Object> trainingOptions() {
        return trainingOptions;
    }

    /**
     * Ends the reading.
     *
     * @throws UnsupportedOptionException if there is an option that nobody asked for
     */
    void finish() {
        List<String> unread = new ArrayList<>();
        options.forEach((option, value) -> {
            if (value != null && !read.contains(option)) {
                unread.add(option + "=" + brief(value));
            }
        });
        if (!unread.isEmpty()) {
            throw new UnsupportedOptionException(
                    "the options " + unread
                            + " are not known to this version of Atelier, so that it cannot say whether they change the result");
        }
    }

    static String brief(Object value) {
        String text = value instanceof String ? "'" + value + "'" : String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    /** True or false, for which Python also takes 1 and 0. */
    private static boolean toFlag(String option, Object value) {
        return value instanceof Integer number && (number == 0 || number == 1)
                ? number == 1
                : expect(option, "true or false", Boolean.class, value);
    }

    private static int toInteger(String option, Object value) {
        Number number = expect(option, "an integer", Number.class, value);
        if (number.doubleValue() != number.intValue()) {
            throw new IllegalArgumentException(option + " must be a 32-bit integer; received " + number);
        }
        return number.intValue();
    }

    private static double toNumber(String option, Object value) {
        return expect(option, "a number", Number.class, value).doubleValue();
    }

    private static <T> T expect(String option, String expected, Class<T> type, @Nullable Object value) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    option + " must be " + expected + "; received " + (value == null ? "null" : brief(value)));
        }
        return type.cast(value);
    }

    private static IllegalArgumentException missing(String option) {
        return new IllegalArgumentException("option '" + option + "' is missing; save the model again");
    }
}
