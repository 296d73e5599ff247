package io.atelier.keras.layer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** An option that a Keras config writes as a lower-case word. */
public interface Named {
    /** {@link Enum#name()}. */
    String name();

    /** The word a Keras config has for it: {@code channels_last}. */
    default String kerasName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant a Keras config means by this word; empty if there is none. */
    static <E extends Enum<E> & Named> Optional<E> parse(Class<E> type, String kerasName) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.kerasName().equals(kerasName))
                .findFirst();
    }
}
