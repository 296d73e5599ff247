package io.atelier.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command prints, how it refuses an option's value, and the option {@code --verbose}. */
final class Console {
    static final String VERBOSE = "--verbose";

    @Option(names = VERBOSE, description = "Show what the libraries log, and a stack trace with an error.")
    @SuppressWarnings("unused") // whether it is there is asked before and after the command runs
    private boolean verbose;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    PrintWriter err() {
        return command.commandLine().getErr();
    }

    /** Prints a result to standard output, on lines of its own. */
    void print(String text) {
        out().println(Text.printable(text).stripTrailing());
    }

    /** Prints a sentence to standard error. */
    void say(String sentence) {
        err().println(Text.printable("atelier: " + sentence));
        err().flush();
    }

    /** The command line is wrong. */
    ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }

    /** The command line is wrong, as the cause says. */
    ParameterException wrong(RuntimeException cause) {
        return new ParameterException(command.commandLine(), String.valueOf(cause.getMessage()), cause);
    }

    /** An option's value is out of range. */
    ParameterException invalid(String option, String expected, Object received) {
        return wrong("invalid value for option '" + option + "': expected " + expected + "; received " + received);
    }
}
