package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.KerasModel;
import io.atelier.keras.io.KerasReader;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
    private static final Path CASES = Fixtures.ROOT.resolve("conformance");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void anOldFileBecomesAnArchiveAndSaysSo() {
        Path file = Fixtures.ROOT.resolve("optimizers/adam-keras2.h5");
        Path out = folder.resolve("small.keras");
        Run run = Run.atelier("convert", file, out);
        assertThat(run).extracting(Run::exitCode, Run::err).containsExactly(0, "");
        assertThat(run.out())
                .containsPattern("small.keras: [\\d,]+ bytes, of adam-keras2.h5 \\(h5 of Keras 2\\.21\\.0\\)\n")
                .contains("model 'small': 4 layers, 36 parameters\n")
                .endsWith("compiled with Adam, after 6 steps\n");
        assertThat(KerasReader.read(out).origin().kerasVersion()).contains("3.15.1");
    }

    @Test
    void anArchiveBecomesAnH5AndBack() {
        Path h5 = folder.resolve("model.h5");
        Path back = folder.resolve("model.keras");
        assertThat(Run.atelier("convert", Fixtures.FASHION_MNIST.resolve("model.keras"), h5)
                        .exitCode())
                .isZero();
        assertThat(Run.atelier("convert", h5, back).exitCode()).isZero();
        KerasModel model = KerasReader.read(Fixtures.FASHION_MNIST.resolve("model.keras"));
        assertThat(KerasReader.read(back).layers())
                .extracting(layer -> layer.weights())
                .isEqualTo(model.layers().stream().map(layer -> layer.weights()).toList());
    }

    @Test
    void anArchitectureAndItsWeightsBecomeOneFile() {
        Path apart = CASES.resolve("weights_apart");
        Run run = Run.atelier(
                "convert",
                apart.resolve("architecture-keras2.json"),
                folder.resolve("one.keras"),
                "--weights",
                apart.resolve("architecture-keras2.weights.h5"));
        assertThat(run).extracting(Run::exitCode, Run::err).containsExactly(0, "");
        assertThat(folder.resolve("one.keras")).isNotEmptyFile();
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyIfTold() throws IOException {
        Path out = Files.writeString(folder.resolve("out.keras"), "precious");
        Path model = CASES.resolve("dense_plain/model.h5");
        Run run = Run.atelier("convert", model, out);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).isEqualTo("atelier: " + out + ": there is a file already; --force replaces it\n");
        assertThat(out).hasContent("precious");

        assertThat(Run.atelier("convert", model, out, "--force").exitCode()).isZero();
        assertThat(KerasReader.read(out).layers()).isNotEmpty();
    }

    @Test
    void anotherEndingIsAMistakeOfTheCommandLine() {
        Run run = Run.atelier("convert", CASES.resolve("dense_plain/model.h5"), folder.resolve("out.pb"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("the name of a model file ends in .keras, .h5 or .hdf5; received 'out.pb'");
    }

    @Test
    void aFolderThatIsMissingIsNamed() {
        Path out = folder.resolve("missing/out.keras");
        Run run = Run.atelier("convert", CASES.resolve("dense_plain/model.h5"), out);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).isEqualTo("atelier: " + out + ": cannot be written: its folder does not exist\n");
    }

    @Test
    void whatKeras3CannotExpressIsNamedAndNothingIsWritten() {
        Run run = Run.atelier(
                "convert", CASES.resolve("hard_sigmoid_of_keras2/model-keras2.h5"), folder.resolve("out.keras"));
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("layer 'activation' (Activation)", "another slope");
        assertThat(folder).isEmptyDirectory();
    }
}
