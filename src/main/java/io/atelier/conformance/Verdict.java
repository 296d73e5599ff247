package io.atelier.conformance;

/** Whether what was computed is what Keras computed. */
public enum Verdict {
    PASS("pass"),
    FAIL("fail");

    private final String id;

    Verdict(String id) {
        this.id = id;
    }

    static Verdict of(boolean passes) {
        return passes ? PASS : FAIL;
    }

    /** The word as it is written in JSON: {@code pass}. */
    public String id() {
        return id;
    }
}
