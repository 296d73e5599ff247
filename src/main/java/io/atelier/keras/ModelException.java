package io.atelier.keras;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The root of what goes wrong with a model: the file is broken ({@link InvalidModelException}), it is good Keras that
 * Atelier does not handle ({@link UnsupportedModelException}), or it was handled and the proof failed
 * ({@link ModelMismatchException}).
 *
 * <p>The message names the source, every problem found in it, and what to do.
 */
public abstract sealed class ModelException extends RuntimeException
        permits InvalidModelException, UnsupportedModelException, ModelMismatchException {
    private static final long serialVersionUID = 1;

    private final String source;
    private final transient List<Problem> problems;

    ModelException(String source, List<Problem> problems, @Nullable Throwable cause) {
        super(describe(source, problems), cause);
        this.source = source;
        this.problems = List.copyOf(problems);
    }

    /** What the model was read from: a file name, a URL, or {@code <stream>}. */
    public String source() {
        return source;
    }

    /** Everything that was found, at least one. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    private static String describe(String source, List<Problem> problems) {
        if (problems.size() == 1) {
            return source + ": " + problems.get(0);
        }
        return source + ": " + problems.size() + " problems:"
                + problems.stream().map(problem -> "\n  - " + problem).collect(Collectors.joining());
    }
}
