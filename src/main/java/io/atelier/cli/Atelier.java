package io.atelier.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Optional;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code atelier}. */
@Command(
        name = "atelier",
        description = "Keras models on the JVM: read, prove, classify.",
        mixinStandardHelpOptions = true,
        versionProvider = Atelier.Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all is well",
            "1:the check failed: the model does not compute what Keras computed, or is less accurate than asked",
            "2:the command line is wrong",
            "3:a file is missing, damaged or not supported",
            "70:something unexpected"
        },
        subcommands = {
            DemoCommand.class,
            InspectCommand.class,
            SummaryCommand.class,
            PlotCommand.class,
            VerifyCommand.class,
            ClassifyCommand.class,
            EvaluateCommand.class,
            TuneCommand.class,
            ServeCommand.class,
            ExportCommand.class,
            ConvertCommand.class,
            GenerateCompletion.class
        })
public final class Atelier implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] args) {
        PrintStream out = System.out;
        boolean verbose = Arrays.asList(args).contains(Console.VERBOSE);
        silence(verbose);
        CommandLine command = commandLine(
                Terminal.detect(),
                new PrintWriter(out, false, Terminal.charset()),
                new PrintWriter(System.err, true, Terminal.charset()));
        int exitCode = command.execute(args);
        command.getOut().flush();
        command.getErr().flush();
        System.exit(out.checkError() && exitCode == ExitCode.OK ? ExitCode.UNEXPECTED : exitCode);
    }

    /** The command line, writing to these. */
    static CommandLine commandLine(Terminal terminal, PrintWriter out, PrintWriter err) {
        Failures failures = new Failures();
        return new CommandLine(new Atelier())
                .setOut(out)
                .setErr(err)
                .setColorScheme(Help.defaultColorScheme(terminal.ansi()))
                .setUsageHelpWidth(Math.max(80, Math.min(terminal.columns(), 100)))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setExecutionStrategy(failures);
    }

    /** Keeps what libraries log and print out of the result; they log only errors, and to standard error. */
    private static void silence(boolean verbose) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "info" : "error");
        System.setProperty("org.slf4j.simpleLogger.log.io.atelier", verbose ? "info" : "warn");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.setOut(verbose ? System.err : new PrintStream(OutputStream.nullOutputStream(), false));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "expected a command: " + String.join(", ", spec.subcommands().keySet()));
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"atelier " + number(), "Java " + System.getProperty("java.version")};
        }

        static String number() {
            return Optional.ofNullable(Atelier.class.getPackage().getImplementationVersion())
                    .orElse("(built from source)");
        }
    }
}
