package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atelier.testing.Fixtures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VerifyCommandTest {
    private static final Path MODEL = Fixtures.FASHION_MNIST.resolve("model.h5");
    private static final Path REFERENCE = Fixtures.FASHION_MNIST.resolve("reference.npz");

    @Test
    void aModelThatComputesWhatKerasComputed() {
        Run run = Run.atelier("verify", MODEL, "--reference", REFERENCE);
        assertThat(run).extracting(Run::exitCode, Run::err).containsExactly(0, "");
        assertThat(run.out())
                .startsWith("model.h5 (h5, Keras 3.")
                .contains("✓ conv2d_2 ", "pass: all 10 tensors", "argmax agreement: 100.00 % of 256 rows");
    }

    @Test
    void jsonHoldsTheVerdictAndEveryLayer() {
        JsonNode json =
                Run.atelier("verify", MODEL, "--reference", REFERENCE, "--json").json();
        assertThat(json.get("verdict").asText()).isEqualTo("pass");
        assertThat(json.get("engine").asText()).isEqualTo("dl4j");
        assertThat(json.get("layers")).hasSize(9);
        assertThat(json.get("argmaxAgreement").asDouble()).isEqualTo(1);
    }

    /** Two models of the same layers and shapes with other weights: what Keras computed for one is wrong for the other. */
    @Test
    void aModelThatComputesSomethingElse() {
        Path folder = Fixtures.ROOT.resolve("conformance");
        Run run = Run.atelier(
                "verify",
                folder.resolve("max_pooling/model.keras"),
                "--reference",
                folder.resolve("average_pooling/reference.npz"));
        assertThat(run).extracting(Run::exitCode, Run::err).containsExactly(1, "");
        assertThat(run.out()).contains("FAIL");
    }
}
