package io.atelier.keras;

import java.util.List;

/** The source holds a valid Keras model with a layer or option that Atelier, or the chosen engine, does not handle. */
public final class UnsupportedModelException extends ModelException {
    private static final long serialVersionUID = 1;

    public UnsupportedModelException(String source, List<Problem> problems) {
        super(source, problems, null);
    }

    public UnsupportedModelException(String source, Problem problem) {
        this(source, List.of(problem));
    }

    /** A problem of the file as a whole. */
    public UnsupportedModelException(String source, String message) {
        this(source, Problem.ofFile(message));
    }

    /** A problem of the file as a whole that another exception brought to light. */
    public UnsupportedModelException(String source, String message, Throwable cause) {
        super(source, List.of(Problem.ofFile(message)), cause);
    }
}
