package io.atelier.conformance;

/** The reference is no usable one: missing, damaged, hostile, incomplete, or written for another model. */
public final class InvalidReferenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String source;

    public InvalidReferenceException(String source, String message) {
        super(source + ": " + message);
        this.source = source;
    }

    /** A problem that another exception brought to light. */
    public InvalidReferenceException(String source, String message, Throwable cause) {
        super(source + ": " + message, cause);
        this.source = source;
    }

    /** A problem of one entry. */
    static InvalidReferenceException ofEntry(String source, String entry, String message) {
        return new InvalidReferenceException(source, "entry '" + entry + "': " + message);
    }

    /** What the reference was read from: a file name. */
    public String source() {
        return source;
    }
}
