package io.atelier.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with a sentence for the user and an {@link ExitCode}. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    CommandException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The input, or a file beside it, cannot be used. */
    static CommandException unreadable(String message) {
        return new CommandException(ExitCode.UNREADABLE, message, null);
    }

    /** The input, or a file beside it, cannot be used. */
    static CommandException unreadable(String message, Throwable cause) {
        return new CommandException(ExitCode.UNREADABLE, message, cause);
    }

    /** The input, or a file beside it, cannot be used, as the cause says. */
    static CommandException unreadable(RuntimeException cause) {
        return unreadable(String.valueOf(cause.getMessage()), cause);
    }

    /** The options do not fit the model. */
    static CommandException usage(String message, Throwable cause) {
        return new CommandException(ExitCode.USAGE, message, cause);
    }

    /** The options do not fit the model, as the cause says. */
    static CommandException usage(RuntimeException cause) {
        return usage(String.valueOf(cause.getMessage()), cause);
    }

    int exitCode() {
        return exitCode;
    }
}
