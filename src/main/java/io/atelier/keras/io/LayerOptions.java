package io.atelier.keras.io;

import java.util.List;
import java.util.Optional;

/**
 * The options of a layer of a program's own, as the file has them: what {@code get_config()} gave.
 *
 * <p>An option that is absent or null has its default. Each must be read, kept or ignored: one that is not is refused,
 * so that none is overlooked. Values of the wrong type are refused with an {@link IllegalArgumentException}.
 */
public interface LayerOptions {
    /** Whether the option is there and not null. */
    boolean has(String option);

    /** A text that must be there. */
    String text(String option);

    /** A text. */
    Optional<String> optionalText(String option);

    /** An integer that must be there. */
    int integer(String option);

    /** An integer. */
    int integer(String option, int byDefault);

    /** A number. */
    double number(String option, double byDefault);

    /** True or false. */
    boolean flag(String option, boolean byDefault);

    /** One integer, or several. */
    Optional<List<Integer>> optionalIntegers(String option);

    /** One number, or several. */
    Optional<List<Double>> optionalNumbers(String option);

    /** Options that only matter to training: they are kept as they are. */
    void keepForTraining(String... names);

    /** Options that change no result, whatever their value. */
    void ignore(String... names);
}
