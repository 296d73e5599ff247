package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportCommandTest {
    private static final Path MODEL = Fixtures.FASHION_MNIST.resolve("model.keras");
    private static final Path REFERENCE = Fixtures.FASHION_MNIST.resolve("reference.npz");
    private static final Path CASES = Fixtures.ROOT.resolve("conformance");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private Run export(Path model, Object... options) {
        Object[] arguments = new Object[options.length + 6];
        Object[] always = {"export", model, "--to", "onnx", "-o", out()};
        System.arraycopy(always, 0, arguments, 0, always.length);
        System.arraycopy(options, 0, arguments, always.length, options.length);
        return Run.atelier(arguments);
    }

    private Path out() {
        return folder.resolve("out.onnx");
    }

    private Map<String, String> metadata() throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = OrtEnvironment.getEnvironment().createSession(out().toString(), options)) {
            return session.getMetadata().getCustomMetadata();
        }
    }

    @Test
    void aModelIsWrittenCheckedAndDescribed() throws OrtException {
        Run run = export(MODEL, "--reference", REFERENCE);
        assertThat(run).extracting(Run::exitCode, Run::err).containsExactly(0, "");
        assertThat(run.out())
                .startsWith(out() + ": ")
                .contains("(None, 28, 28, 1)", "(None, 10)")
                .containsPattern("largest difference from Deeplearning4j on 4 random batches: \\d\\.\\de-0[678]")
                .containsPattern("largest difference from Keras \\(.*reference.npz\\): \\d\\.\\de-0[678]");
        assertThat(metadata().get("labels")).startsWith("[\"T-shirt/top\",").endsWith("\"Ankle boot\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shared_dense", "conv2d_groups", "input_as_output", "open_size", "two_inputs", "rescaling_first"
            })
    void modelsOfManyKindsAreChecked(String fixture) {
        Run run = export(CASES.resolve(fixture).resolve("model.keras"));
        assertThat(run).extracting(Run::exitCode, Run::err).containsExactly(0, "");
        assertThat(run.out()).contains("on 4 random batches: ");
        assertThat(out()).isNotEmptyFile();
    }

    @Test
    void weightsMayLieInAFileOfTheirOwn() {
        Path apart = CASES.resolve("weights_apart");
        Run run = export(
                apart.resolve("architecture-keras2.json"),
                "--weights",
                apart.resolve("architecture-keras2.weights.h5"),
                "--reference",
                apart.resolve("reference.npz"));
        assertThat(run).extracting(Run::exitCode, Run::err).containsExactly(0, "");
        assertThat(run.out()).containsPattern("largest difference from Keras \\(.*reference.npz\\): \\d\\.\\de-0[678]");
    }

    @Test
    void labelsComeFromAFile() throws Exception {
        Path labels = folder.resolve("labels.txt");
        Files.writeString(labels, "zero\none\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n");
        assertThat(export(MODEL, "--labels", labels).exitCode()).isZero();
        assertThat(metadata().get("labels")).startsWith("[\"zero\",\"one\"");
    }

    @Test
    void labelsThatAreTooFewAreAWrongCommandLine() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "zero\none\n");
        Run run = export(MODEL, "--labels", labels);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("atelier: model.keras: option --labels: expected a label for each value");
        assertThat(out()).doesNotExist();
    }

    @Test
    void aModelThatIsNotWhatKerasComputedIsNotWritten() {
        Run run = export(
                CASES.resolve("max_pooling/model.keras"),
                "--reference",
                CASES.resolve("average_pooling/reference.npz"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.err()).contains("what was exported differs from Keras (").contains("FAIL");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatIsThereIsOnlyReplacedByForce() throws IOException {
        Files.writeString(out(), "before");
        Run run = export(MODEL);
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err()).isEqualTo("atelier: " + out() + ": there is a file already; --force replaces it\n");
        assertThat(out()).hasContent("before");
        assertThat(export(MODEL, "--force").exitCode()).isZero();
        assertThat(Files.size(out())).isGreaterThan(300_000);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() {
        Path nowhere = folder.resolve("no").resolve("out.onnx");
        Run run = Run.atelier("export", MODEL, "--to", "onnx", "-o", nowhere);
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err()).isEqualTo("atelier: " + nowhere + ": cannot be written: its folder does not exist\n");
    }

    @Test
    void anUnknownFormatIsAWrongCommandLine() {
        Run run = Run.atelier("export", MODEL, "--to", "tflite", "-o", out());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--to", "expected onnx; received 'tflite'");
    }

    @Test
    void aFileThatIsNoModelOrIsMissingIsNamed() {
        Run run = export(folder.resolve("missing.keras"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err()).contains("missing.keras");
        assertThat(export(CASES.resolve("bfloat16/model.keras")).exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(folder).isEmptyDirectory();
    }
}
