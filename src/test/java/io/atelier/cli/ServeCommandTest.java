package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a server from starting; FaultTest runs and ends one. */
class ServeCommandTest {
    private static final Path MODEL = Fixtures.FASHION_MNIST.resolve("model.keras");

    @TempDir
    Path folder;

    @Test
    void aModelThatIsNotThereIsUnreadable() {
        assertThat(Run.atelier("serve", "nowhere.keras"))
                .isEqualTo(new Run(3, "", "atelier: nowhere.keras: there is no such file; check the path\n"));
        assertThat(Run.atelier("serve", folder).err())
                .isEqualTo(
                        "atelier: models: there is none to serve; expected name/version/model.keras in the folder\n");
        assertThat(Run.atelier("serve", folder.resolve("models.yaml")))
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(3))
                .satisfies(run -> assertThat(run.err()).contains("models.yaml: the config file cannot be read"));
    }

    @Test
    void optionsThatCannotBeAreAWrongCommandLine() throws IOException {
        assertWrong("a port is from 0 to 65535; received 70000", MODEL, "--port", "70000");
        assertWrong("a model's name has from 1 to 128 letters", "a b=" + MODEL);
        assertWrong("must be at least 1; received 0", MODEL, "--max-batch", "0");
        assertWrong("limits must be positive", MODEL, "--max-body", "0");
        assertWrong(
                "an API key has at least 16 characters; received 5",
                MODEL,
                "--api-key-file",
                Files.writeString(folder.resolve("key"), "short\n"));
        assertWrong("the keystore cannot be opened", MODEL, "--keystore", folder.resolve("none.p12"));
        assertWrong("option '--labels' is for models that are given as files", folder, "--labels", "labels.txt");
        assertThat(Run.atelier("serve", MODEL, MODEL).err())
                .contains("its name and version, fashion-mnist/1, are those of " + MODEL);
    }

    @Test
    void anApiKeyThatCannotBeReadIsUnreadable() {
        assertThat(Run.atelier("serve", MODEL, "--api-key-file", "nowhere").exitCode())
                .isEqualTo(3);
    }

    private static void assertWrong(String sentence, Object... arguments) {
        Object[] line = new Object[arguments.length + 1];
        line[0] = "serve";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        Run run = Run.atelier(line);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(sentence);
    }
}
