package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.testing.Fixtures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every command has in common: help, versions, and how wrong command lines are answered. */
class CommandLineTest {
    private static final Path MODEL = Fixtures.FASHION_MNIST.resolve("model.keras");

    @ParameterizedTest
    @ValueSource(
            strings = {"demo", "summary", "verify", "classify", "evaluate", "serve", "export", "generate-completion"})
    void everyCommandHasHelpAndVersion(String command) {
        Run help = Run.atelier(command, "--help");
        assertThat(help).extracting(Run::exitCode, Run::err).containsExactly(0, "");
        assertThat(help.out()).startsWith("Usage: atelier " + command + " ");
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(Run.atelier(command, "--version").out()).startsWith("atelier ");
    }

    @Test
    void helpListsCommandsAndExitCodes() {
        assertThat(Run.atelier("--help").out())
                .contains("  demo ", "  summary ", "  verify ", "  classify ", "Exit status:", "70   something");
    }

    @Test
    void noCommandIsAWrongCommandLine() {
        assertThat(Run.atelier())
                .isEqualTo(new Run(
                        2,
                        "",
                        "atelier: expected a command: demo, inspect, summary, plot, verify, classify, evaluate, tune, serve, export, convert, generate-completion; see"
                                + " 'atelier --help'\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "show                          | atelier: there is no command 'show'; see 'atelier --help'",
                "summary                       | atelier summary: missing required parameter: 'FILE'",
                "summary a b                   | atelier summary: unmatched argument at index 2: 'b'",
                "summary a --rows 3            | atelier summary: unknown options: '--rows', '3'",
                "summary a --columns 10        | expected at least 40; received 10",
                "summary a --columns many      | invalid value for option '--columns'",
                "verify a                      | atelier verify: missing required option: '--reference=REF'",
                "verify a --reference b --engine tf | '--engine': expected dl4j or onnx; received 'tf'",
                "classify a                    | atelier classify: missing required parameter: 'IMAGE'",
                "classify a b --top 0          | '--top': expected at least 1; received 0",
                "classify a b --fit squeeze    | expected letterbox or crop or stretch; received 'squeeze'",
                "classify a b --invert no      | expected never or always or auto; received 'no'",
                "classify a b --size 28        | expected height x width, such as 28x28; received '28'",
            })
    void aWrongCommandLineIsAnsweredWithOneSentence(String line, String sentence) {
        Run run = Run.atelier((Object[]) line.split(" "));
        assertThat(run).extracting(Run::exitCode, Run::out).containsExactly(2, "");
        assertThat(run.err()).contains(sentence).endsWith("--help'\n");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void wordsOfOptionsMayBeInCapitals() {
        assertThat(Run.atelier("verify", MODEL, "--reference", "nowhere.npz", "--engine", "DL4J")
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void completionKnowsTheCommands() {
        assertThat(Run.atelier("generate-completion").out()).contains("complete", "classify", "letterbox");
    }
}
