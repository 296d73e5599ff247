package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code atelier verify FOLDER}. */
class FolderCheckTest {
    private static final Path CONFORMANCE = Fixtures.ROOT.resolve("conformance");

    @TempDir
    Path folder;

    private void copy(String fixture, String name) throws IOException {
        Files.copy(CONFORMANCE.resolve(fixture), folder.resolve(name));
    }

    private Run verify() {
        Run run = Run.atelier("verify", folder);
        return new Run(run.exitCode(), run.out().replaceAll(" +", " "), run.err());
    }

    @Test
    void everyModelPassesIsRefusedOrHasNoReference() throws IOException {
        copy("dense_plain/model.keras", "a.keras");
        copy("dense_plain/reference.npz", "a.npz");
        copy("conv_lstm2d/model.h5", "b.h5");
        copy("conv_lstm2d/reference.npz", "b.npz");
        copy("dense_on_3d/model.h5", "c.h5");
        Files.copy(Fixtures.ROOT.resolve("custom-layers/model.h5"), folder.resolve("d.h5"));
        Run run = verify();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("a.keras dl4j pass largest difference", "a.keras onnx pass largest difference")
                .contains("b.h5 dl4j refused layer", "b.h5 onnx pass")
                .contains("c.h5 dl4j unproven there is no reference beside the model")
                .contains("d.h5 - refused layer 'deep' (shop>SpaceToDepth)", "(and 2 more)")
                .endsWith("3 pass, 2 refused, 2 unproven, 0 FAIL\n");
    }

    @Test
    void aWrongAnswerFailsTheCommand() throws IOException {
        copy("shared_at_two_depths/model.h5", "a.h5");
        copy("dense_plain/reference.npz", "a.npz");
        Run run = verify();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("a.h5 onnx FAIL").contains("FAIL\n");
    }

    @Test
    void weightsFindTheArchitectureBesideThem() throws IOException {
        copy("weights_apart/architecture-keras2.json", "shop__model_a.json");
        copy("weights_apart/architecture-keras2.weights.h5", "shop__model_a_weights.h5");
        copy("weights_apart/reference.npz", "shop__model_a_weights.npz");
        copy("weights_apart/architecture-keras2.weights.h5", "other.h5");
        Run run = verify();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("shop__model_a_weights.h5 onnx pass")
                .contains("other.h5 - refused the file holds weights only");
    }

    @Test
    void aFolderWithoutModelsSaysSo() {
        assertThat(verify().err()).contains("the folder holds no .keras, .h5 or .hdf5 file");
    }
}
