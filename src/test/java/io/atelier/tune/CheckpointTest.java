package io.atelier.tune;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.atelier.data.Dataset;
import io.atelier.evaluate.EpochMetrics;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tuning goes on from its last epoch with the same numbers, and nothing that is there is lost. */
class CheckpointTest {
    static final Dataset DATA = Blocks.data(10, 30, 1);
    static final String STANDS_STILL = "stands still";

    @TempDir
    Path folder;

    /** With everything that is random, so that it has to be random in the same way. */
    static FineTunerBuilder<String> tuner() {
        return Blocks.tuner()
                .validation(0.1)
                .augmentation(new Augmentation(true, 0.1, 10))
                .seed(5);
    }

    @Test
    void whatWasKilledGoesOnWithTheSameNumbers() throws Exception {
        kill();
        assertThat(folder.resolve("checkpoint")).exists();
        Tuned<String> resumed =
                tuner().epochs(6).checkpoints(folder).resume().build().tune(DATA);
        Tuned<String> uninterrupted = tuner().epochs(6).build().tune(DATA);
        assertThat(weights(resumed.model())).isEqualTo(weights(uninterrupted.model()));
        assertThat(resumed.model().trainingConfig())
                .isEqualTo(uninterrupted.model().trainingConfig());
        assertThat(timeless(resumed)).hasSize(6).isEqualTo(timeless(uninterrupted));
    }

    private void kill() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        InterruptedTuning.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader()) {
            StringBuilder said = new StringBuilder();
            for (String line = output.readLine(); !STANDS_STILL.equals(line); line = output.readLine()) {
                assertThat(line).as("%s", said).isNotNull();
                said.append(line).append('\n');
            }
        } finally {
            // SIGKILL: nothing of the program runs any more.
            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private static Map<String, Map<String, Tensor>> weights(KerasModel model) {
        return model.layers().stream().collect(toMap(KerasLayer::name, KerasLayer::weights));
    }

    private static List<EpochMetrics> timeless(Tuned<String> tuned) {
        return tuned.report().epochs().stream()
                .map(epoch -> new EpochMetrics(
                        epoch.epoch(),
                        epoch.loss(),
                        epoch.accuracy(),
                        epoch.validationLoss(),
                        epoch.validationAccuracy(),
                        Duration.ZERO))
                .toList();
    }

    @Test
    void aFinishedTuningGoesOnWithMoreEpochs() {
        tuner().epochs(1).earlyStopping(9).checkpoints(folder).build().tune(DATA);
        Tuned<String> resumed = tuner().epochs(2)
                .earlyStopping(9)
                .checkpoints(folder)
                .resume()
                .build()
                .tune(DATA);
        Tuned<String> uninterrupted = tuner().epochs(2).earlyStopping(9).build().tune(DATA);
        assertThat(weights(resumed.model())).isEqualTo(weights(uninterrupted.model()));
        assertThat(resumed.report().keptEpoch())
                .isEqualTo(uninterrupted.report().keptEpoch());
    }

    @Test
    void resumingWithoutACheckpointBegins() {
        Tuned<String> tuned = tuner().checkpoints(folder).resume().build().tune(DATA);
        assertThat(tuned.report().epochs()).hasSize(1);
    }

    @Test
    void aCheckpointThatNobodyAskedForIsNotLost() throws IOException {
        tuner().checkpoints(folder).build().tune(DATA);
        byte[] before = Files.readAllBytes(folder.resolve("checkpoint"));
        assertRefused(tuner(), "a tuning has left its checkpoint here; resume it, or give another folder");
        assertThat(folder.resolve("checkpoint")).hasBinaryContent(before);
    }

    @Test
    void aCheckpointOfAnotherTuningIsRefused() {
        tuner().checkpoints(folder).build().tune(DATA);
        String message = "the checkpoint is of a tuning with another model, other data or other options";
        assertRefused(tuner().resume().seed(6), message);
        assertRefused(tuner().resume().batchSize(16), message);
        assertRefused(tuner().resume().freeze("dense"), message);
        assertThatThrownBy(() -> tuner().resume().checkpoints(folder).build().tune(Blocks.data(10, 31, 1)))
                .isInstanceOf(TuningException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aDamagedCheckpointIsRefused() throws IOException {
        tuner().checkpoints(folder).build().tune(DATA);
        Path file = folder.resolve("checkpoint");
        byte[] good = Files.readAllBytes(file);
        byte[] changed = good.clone();
        changed[good.length / 2] ^= 1;
        for (byte[] bad : List.of(changed, Arrays.copyOf(good, good.length / 2), new byte[0], new byte[99])) {
            Files.write(file, bad);
            assertRefused(tuner().resume(), "the checkpoint is damaged, or of another version");
        }
    }

    @Test
    void twoTuningsIntoOneFolderAreRefused() throws Exception {
        try (Checkpoints held = Checkpoints.open(Optional.of(folder), false)) {
            assertThat(held).isNotNull();
            assertRefused(tuner(), "another tuning keeps its checkpoints here");
        }
        tuner().checkpoints(folder).build().tune(DATA);
    }

    @Test
    void aFullDiskLosesNothing() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        tuner().checkpoints(folder).build().tune(DATA);
        byte[] before = Files.readAllBytes(folder.resolve("checkpoint"));
        Files.createSymbolicLink(folder.resolve("checkpoint.next"), full);
        assertRefused(tuner().epochs(2).resume(), "the checkpoint of epoch 2 cannot be written");
        assertThat(folder.resolve("checkpoint")).hasBinaryContent(before);
        assertThat(folder.resolve("checkpoint.next")).doesNotExist();
        assertThat(tuner().epochs(2)
                        .checkpoints(folder)
                        .resume()
                        .build()
                        .tune(DATA)
                        .report()
                        .epochs())
                .hasSize(2);
    }

    @Test
    void aFolderThatCannotBeIsRefused() throws IOException {
        folder = Files.writeString(folder.resolve("file"), "no folder");
        assertRefused(tuner(), "the folder cannot hold checkpoints");
    }

    private void assertRefused(FineTunerBuilder<String> builder, String message) {
        assertThatThrownBy(() -> builder.checkpoints(folder).build().tune(DATA))
                .isInstanceOf(TuningException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(message);
    }
}
