package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.Problem;
import io.atelier.keras.UnsupportedModelException;
import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with a file, so that one exception can name it all. */
final class Problems {
    private final String source;
    private final List<Problem> problems = new ArrayList<>();
    private boolean isInvalid;

    Problems(String source) {
        this.source = source;
    }

    /** Notes something that contradicts what Keras writes. */
    void invalid(Problem problem) {
        problems.add(problem);
        isInvalid = true;
    }

    /** Notes something that is good Keras and not handled here. */
    void unsupported(Problem problem) {
        problems.add(problem);
    }

    /**
     * Ends the reading if anything was noted.
     *
     * @throws InvalidModelException if something contradicts what Keras writes
     * @throws UnsupportedModelException if all of it is good Keras
     */
    void throwIfAny() {
        if (problems.isEmpty()) {
            return;
        }
        throw isInvalid ? new InvalidModelException(source, problems) : new UnsupportedModelException(source, problems);
    }
}
