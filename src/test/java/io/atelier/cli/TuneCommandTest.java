package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atelier.keras.KerasModel;
import io.atelier.keras.io.KerasReader;
import io.atelier.testing.Fixtures;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code atelier tune} writes a model that is better, and tells how it went. */
class TuneCommandTest {
    private static final Path ROOT = Fixtures.ROOT.resolve("tuning");
    private static final Path MODEL = ROOT.resolve("eight.keras");
    private static final Path HELD_OUT = ROOT.resolve("t10k-images-idx3-ubyte.gz");

    @TempDir
    Path folder;

    private Run tune(Object... more) {
        Object[] arguments = new Object[6 + more.length];
        System.arraycopy(new Object[] {"tune", MODEL, "--data", HELD_OUT, "-o", tuned()}, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return Run.atelier(arguments);
    }

    private Path tuned() {
        return folder.resolve("tuned.keras");
    }

    @Test
    void aModelWithANewHeadIsWrittenWithItsReport() {
        Path page = folder.resolve("report.html");
        Run run = tune(
                "--labels",
                "fashion-mnist",
                "--replace-head",
                "--freeze-until",
                "flatten",
                "--epochs",
                2,
                "--report",
                page);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err().lines())
                .hasSize(2)
                .allMatch(
                        line -> line.matches(
                                "epoch [12]: loss [0-9.]+, accuracy [0-9.]+, held out: loss [0-9.]+, accuracy [0-9.]+, [0-9.]+ s"));
        assertThat(run.out())
                .contains("head            new", "Held out, after:  accuracy ", "weighted avg")
                .contains("It ended because all epochs are done.");
        assertThat(page).content().contains("Ankle boot");
        KerasModel before = KerasReader.read(MODEL);
        KerasModel after = KerasReader.read(tuned());
        assertThat(after.outputShapes().get(0).size(1)).isEqualTo(10);
        assertThat(after.layer("convolution_2").weights())
                .isEqualTo(before.layer("convolution_2").weights());
        assertThat(after.layer("convolution_2").trainable()).isFalse();
        assertThat(after.layer("features").weights())
                .isNotEqualTo(before.layer("features").weights());
    }

    @Test
    void theReportIsGivenAsJson() {
        JsonNode json = tune("--labels", "fashion-mnist", "--replace-head", "--json", "--optimizer", "sgd")
                .json();
        assertThat(json.get("epochs")).hasSize(1);
        assertThat(json.get("stop").asText()).isEqualTo("finished");
        assertThat(json.get("settings").get("optimizer").asText()).isEqualTo("SGD, learning rate 0.001");
        assertThat(json.get("after").get("images").asInt()).isEqualTo(50);
    }

    @Test
    void aModelThatIsThereIsNotReplaced() throws IOException {
        Files.writeString(tuned(), "precious");
        Run run = tune("--labels", "fashion-mnist", "--replace-head");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("there is a file already; --force replaces it");
        assertThat(tuned()).content().isEqualTo("precious");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Run run = Run.atelier("tune", MODEL, "--data", HELD_OUT, "-o", folder.resolve("model.onnx"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("expected a name ending in .keras or .h5");
        assertRefused(2, "the epochs must be at least 1", "--replace-head", "--epochs", 0);
        assertRefused(2, "the model has no layer 'nowhere'", "--replace-head", "--freeze-until", "nowhere");
        assertRefused(2, "give the folder of checkpoints", "--replace-head", "--resume");
        assertRefused(2, "expected adam or adamw or sgd or rmsprop", "--optimizer", "adams");
        assertRefused(3, "received the label", "--labels", ROOT.resolve("eight.txt"));
        assertRefused(3, "its folder does not exist", "--report", folder.resolve("no/report.html"));
    }

    private void assertRefused(int exitCode, String message, Object... more) {
        Run run = tune(more);
        assertThat(run.err()).contains(message);
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(tuned()).doesNotExist();
    }

    @Test
    void aLearningRateThatDivergesWritesNothing() {
        Run run = tune("--replace-head", "--optimizer", "sgd", "--learning-rate", "1e30");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("no epoch was done, as the loss was no finite number any more: the learning rate is too high;"
                        + " nothing is written");
        assertThat(tuned()).doesNotExist();
    }

    @Test
    void anInterruptedTuningWritesItsLastEpochAndGoesOn() throws Exception {
        Path checkpoints = folder.resolve("checkpoints");
        interrupt(List.of("--replace-head", "--checkpoints", checkpoints.toString(), "--epochs", "1000"));
        assertThat(KerasReader.read(tuned()).outputShapes().get(0).size(1)).isEqualTo(10);
        assertThat(checkpoints.resolve("checkpoint")).exists();
        Run run = tune("--replace-head", "--checkpoints", checkpoints, "--resume", "--epochs", 1, "--force");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    /** Starts {@code atelier tune} as a process, and asks it to end when an epoch is done. */
    private void interrupt(List<String> more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Atelier.class.getName(),
                "tune",
                MODEL.toString(),
                "--data",
                HELD_OUT.toString(),
                "-o",
                tuned().toString()));
        command.addAll(more);
        Process process = new ProcessBuilder(command).start();
        try (BufferedReader err = process.errorReader()) {
            assertThat(err.readLine()).startsWith("epoch 1: ");
            // As Control-C does, it lets the program's shutdown hooks run; and unlike the process's own method, it
            // leaves
            // the streams open.
            process.toHandle().destroy();
            process.getInputStream().readAllBytes();
            assertThat(err.lines().toList())
                    .last()
                    .asString()
                    .startsWith("atelier: it ended early, as it was cancelled; " + tuned()
                            + " has the weights after epoch");
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
