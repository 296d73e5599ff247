package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are missing, damaged or something else: exit status 3 and a sentence. */
class UnreadableInputTest {
    private static final Path MODEL = Fixtures.FASHION_MNIST.resolve("model.keras");
    private static final Path REFERENCE = Fixtures.FASHION_MNIST.resolve("reference.npz");
    private static final Path IMAGE = Fixtures.FASHION_MNIST.resolve("images/bag-0018.png");

    @TempDir
    private Path folder = Path.of("");

    private Path text = Path.of("");

    @BeforeEach
    void writeText() throws IOException {
        text = Files.writeString(folder.resolve("notes.keras"), "hello");
    }

    static Stream<List<Object>> commandsWithAModel() {
        return Stream.of(
                List.of("summary", "FILE"),
                List.of("verify", "FILE", "--reference", REFERENCE),
                List.of("verify", "FILE", "--reference", REFERENCE, "--json"),
                List.of("classify", "FILE", IMAGE),
                List.of("classify", "FILE", IMAGE, "--json"));
    }

    private static Object[] with(List<Object> arguments, Path file) {
        return arguments.stream()
                .map(argument -> argument.equals("FILE") ? file : argument)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("commandsWithAModel")
    void aModelThatIsMissingADirectoryOrText(List<Object> arguments) {
        Path missing = folder.resolve("nowhere.keras");
        assertThat(Run.atelier(with(arguments, missing)))
                .isEqualTo(new Run(3, "", "atelier: " + missing + ": there is no such file; check the path\n"));
        if (!arguments.get(0).equals("verify")) { // which takes folders
            assertThat(Run.atelier(with(arguments, folder)).err())
                    .startsWith("atelier: " + folder.getFileName() + ": expected a model file; received a directory");
        }
        assertThat(Run.atelier(with(arguments, text)))
                .isEqualTo(new Run(
                        3,
                        "",
                        "atelier: notes.keras: expected a Keras model, an HDF5 (.h5) or zip (.keras) file; received a"
                                + " file that begins with 'hello'. Save the model with model.save('model.keras')\n"));
    }

    @Test
    void aReferenceThatIsMissingTextOrOfAnotherModel() {
        Path missing = folder.resolve("nowhere.npz");
        Run run = Run.atelier("verify", MODEL, "--reference", missing);
        assertThat(run).extracting(Run::exitCode, Run::out).containsExactly(3, "");
        assertThat(run.err()).startsWith("atelier: " + missing + ": ");
        assertThat(Run.atelier("verify", MODEL, "--reference", text).exitCode()).isEqualTo(3);
        Path other = Fixtures.ROOT.resolve("conformance/cnn/reference.npz");
        assertThat(Run.atelier("verify", MODEL, "--reference", other))
                .isEqualTo(new Run(
                        3,
                        "",
                        "atelier: " + other + ": entry 'inputs/0': expected shape (None, 28, 28, 1); received"
                                + " (2, 5, 6, 1); was the reference written for another model?\n"));
    }

    @Test
    void labelsThatAreMissingADirectoryOrBlank() throws IOException {
        Path missing = folder.resolve("nowhere.txt");
        assertThat(Run.atelier("classify", MODEL, IMAGE, "--labels", missing))
                .isEqualTo(new Run(
                        3,
                        "",
                        "atelier: " + missing
                                + ": there is no such file; expected a file of labels or fashion-mnist\n"));
        assertThat(Run.atelier("classify", MODEL, IMAGE, "--labels", folder))
                .isEqualTo(new Run(3, "", "atelier: " + folder + ": is a directory; expected a file of labels\n"));
        Path blank = Files.writeString(folder.resolve("blank.txt"), "\n");
        assertThat(Run.atelier("classify", MODEL, IMAGE, "--labels", blank))
                .isEqualTo(new Run(3, "", "atelier: " + blank + ": there must be at least one label; received none\n"));
    }

    @Test
    void aDemoWithoutItsFiles() {
        assertThat(Run.atelier("demo", "--home", folder).err())
                .isEqualTo("atelier: " + folder.resolve("fixtures/fashion-mnist")
                        + ": there is no such folder; --home is the folder that holds fixtures/fashion-mnist\n");
    }

    @Test
    void verboseShowsWhere() {
        Run run = Run.atelier("summary", text, "--verbose");
        assertThat(run.err()).startsWith("atelier: notes.keras: ").contains("\tat io.atelier.keras.io.KerasReader");
    }
}
