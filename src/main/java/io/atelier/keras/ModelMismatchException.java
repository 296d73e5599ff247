package io.atelier.keras;

import java.util.List;

/** A model was imported, and what the engine made of it differs from what Keras makes of it. */
public final class ModelMismatchException extends ModelException {
    private static final long serialVersionUID = 1;

    public ModelMismatchException(String source, List<Problem> problems) {
        super(source, problems, null);
    }

    public ModelMismatchException(String source, Problem problem) {
        this(source, List.of(problem));
    }

    /** A problem of the file as a whole. */
    public ModelMismatchException(String source, String message) {
        this(source, Problem.ofFile(message));
    }

    /** A problem of the file as a whole that another exception brought to light. */
    public ModelMismatchException(String source, String message, Throwable cause) {
        super(source, List.of(Problem.ofFile(message)), cause);
    }
}
