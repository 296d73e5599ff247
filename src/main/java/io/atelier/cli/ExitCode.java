package io.atelier.cli;

/** What the process's exit status says. */
final class ExitCode {
    static final int OK = 0;
    static final int CHECK_FAILED = 1;
    static final int USAGE = 2;
    static final int UNREADABLE = 3;
    /** As {@code EX_SOFTWARE} of sysexits.h. */
    static final int UNEXPECTED = 70;

    private ExitCode() {}
}
