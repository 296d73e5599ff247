package io.atelier.cli;

import io.atelier.classify.InvalidImageException;
import io.atelier.conformance.InvalidReferenceException;
import io.atelier.data.InvalidDataException;
import io.atelier.keras.ModelException;
import io.atelier.keras.ModelMismatchException;
import io.atelier.tune.TuningException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what goes wrong into a sentence on standard error and an {@link ExitCode}. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler, IExecutionStrategy {
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String message = message(e).strip();
        print(
                command.getErr(),
                name + ": " + message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1) + "; see '" + name
                        + " --help'");
        return ExitCode.USAGE;
    }

    private static String message(ParameterException e) {
        CommandLine command = e.getCommandLine();
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && command.getParent() == null) {
            return "there is no command '" + unmatched.getUnmatched().get(0) + "'";
        }
        return String.valueOf(e.getMessage());
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return handle(e, command);
    }

    /** Runs a command; picocli by itself lets errors such as a full heap pass. */
    @Override
    public int execute(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            return handle(e, parsed.asCommandLineList().get(0));
        }
    }

    private static int handle(Throwable e, CommandLine command) {
        command.getOut().flush();
        print(command.getErr(), "atelier: " + sentence(e));
        if (isVerbose(command)) {
            e.printStackTrace(command.getErr());
            command.getErr().flush();
        }
        return exitCode(e);
    }

    private static boolean isVerbose(CommandLine command) {
        ParseResult parsed = command.getParseResult();
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed.hasMatchedOption(Console.VERBOSE);
    }

    private static int exitCode(Throwable e) {
        if (e instanceof CommandException ours) {
            return ours.exitCode();
        }
        if (e instanceof ModelMismatchException) {
            return ExitCode.CHECK_FAILED;
        }
        return isUnreadableInput(e) ? ExitCode.UNREADABLE : ExitCode.UNEXPECTED;
    }

    private static boolean isUnreadableInput(Throwable e) {
        return e instanceof ModelException
                || e instanceof InvalidReferenceException
                || e instanceof InvalidImageException
                || e instanceof InvalidDataException
                || e instanceof TuningException;
    }

    private static String sentence(Throwable e) {
        if (exitCode(e) != ExitCode.UNEXPECTED) {
            return String.valueOf(e.getMessage());
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        // A class that ran out of memory while it was loaded says so in its cause only, or in words.
        if (root instanceof OutOfMemoryError
                || String.valueOf(root.getMessage()).contains("OutOfMemoryError")) {
            return "out of memory; give more, such as ATELIER_OPTS=-Xmx4g";
        }
        return "unexpected: " + (e == root ? "" : e.getClass().getSimpleName() + ", ") + root + "; " + Console.VERBOSE
                + " shows where";
    }

    private static void print(PrintWriter err, String sentence) {
        err.println(Text.printable(sentence));
        err.flush();
    }
}
