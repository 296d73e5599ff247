package io.atelier.keras;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an optimizer of Keras 3 keeps for every trainable weight, and in which order it lists it.
 *
 * <p>Source: {@code build} of the classes in keras/src/optimizers.
 *
 * @param groups the names; those of one group follow each other for each weight, and one group follows the other
 */
public record OptimizerSlots(List<List<String>> groups) {
    public OptimizerSlots {
        groups = groups.stream().map(List::copyOf).toList();
    }

    /** What an optimizer keeps for one weight. */
    public record Slot(WeightRef weight, String name) {}

    /**
     * What an optimizer keeps; empty if it is not known to, because it is the user's own, say, or does not keep the same
     * for every weight.
     *
     * @param className with or without a package in front: {@code Adam}, {@code Custom>Adam}, {@code adam}
     * @param options of the optimizer; those that are missing have their default
     */
    public static Optional<OptimizerSlots> of(String className, Map<?, ?> options) {
        return own(simpleName(className), options).map(own -> {
            List<List<String>> groups = new ArrayList<>();
            if (isSet(options.get("use_ema"))) {
                groups.add(List.of("average"));
            }
            if (isSet(options.get("gradient_accumulation_steps"))) {
                groups.add(List.of("gradient_accumulator"));
            }
            groups.addAll(own);
            return new OptimizerSlots(groups);
        });
    }

    /** {@code adam} of {@code Custom>Adam}, as Keras 2.11 to 2.14 wrote its own optimizers. */
    private static String simpleName(String className) {
        return (className.startsWith("Custom>") ? className.substring("Custom>".length()) : className)
                .toLowerCase(Locale.ROOT);
    }

    private static Optional<List<List<String>>> own(String name, Map<?, ?> options) {
        return Optional.ofNullable(
                switch (name) {
                    case "adam", "adamw" ->
                        isSet(options.get("amsgrad"))
                                ? List.of(List.of("momentum", "velocity"), List.of("velocity_hat"))
                                : List.of(List.of("momentum", "velocity"));
                    case "nadam", "lamb" -> List.of(List.of("momentum", "velocity"));
                    case "adamax" -> List.of(List.of("momentum", "norm"));
                    case "lion" -> List.of(List.of("momentum"));
                    case "sgd" -> isSet(options.get("momentum")) ? List.of(List.of("momentum")) : List.of();
                    case "rmsprop" -> {
                        List<List<String>> groups = new ArrayList<>(List.of(List.of("velocity")));
                        if (isSet(options.get("momentum"))) {
                            groups.add(List.of("momentum"));
                        }
                        if (isSet(options.get("centered"))) {
                            groups.add(List.of("average_gradient"));
                        }
                        yield groups;
                    }
                    case "adagrad" -> List.of(List.of("accumulator"));
                    case "adadelta" -> List.of(List.of("accumulated_grad", "accumulated_delta_var"));
                    case "ftrl" -> List.of(List.of("accumulator", "linear"));
                    default -> null;
                });
    }

    /** Whether a flag is true, or a number is there and not 0. */
    private static boolean isSet(@Nullable Object option) {
        return option instanceof Number number ? number.doubleValue() != 0 : Boolean.TRUE.equals(option);
    }

    /** The names in one row. */
    public List<String> names() {
        return groups.stream().flatMap(List::stream).toList();
    }

    /** These with each name in a group of its own: all weights' first slot, then all weights' second. */
    public OptimizerSlots oneAfterTheOther() {
        return new OptimizerSlots(names().stream().map(List::of).toList());
    }

    /** The slots of these weights in the order in which the optimizer lists them. */
    public List<Slot> of(Collection<WeightRef> weights) {
        List<Slot> slots = new ArrayList<>();
        for (List<String> group : groups) {
            for (WeightRef weight : weights) {
                group.forEach(name -> slots.add(new Slot(weight, name)));
            }
        }
        return slots;
    }
}
