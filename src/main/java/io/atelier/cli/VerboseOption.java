package io.atelier.cli;

import picocli.CommandLine.Option;

/** The option {@code --verbose}. */
final class VerboseOption {
    static final String NAME = "--verbose";

    @Option(names = NAME, description = "Show what the libraries log, and a stack trace with an error.")
    private boolean verbose;

    boolean isVerbose() {
        return verbose;
    }
}
