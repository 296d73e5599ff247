package io.atelier.keras;

import java.util.List;

/** The source holds no usable Keras model: missing, damaged, hostile, incomplete or contradictory. */
public final class InvalidModelException extends ModelException {
    private static final long serialVersionUID = 1;

    public InvalidModelException(String source, List<Problem> problems) {
        super(source, problems, null);
    }

    public InvalidModelException(String source, Problem problem) {
        this(source, List.of(problem));
    }

    /** A problem of the file as a whole. */
    public InvalidModelException(String source, String message) {
        this(source, Problem.ofFile(message));
    }

    /** A problem of the file as a whole that another exception brought to light. */
    public InvalidModelException(String source, String message, Throwable cause) {
        super(source, List.of(Problem.ofFile(message)), cause);
    }
}
