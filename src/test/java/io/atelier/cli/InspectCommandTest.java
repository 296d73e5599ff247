package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    private static final Path CONFORMANCE = Fixtures.ROOT.resolve("conformance");

    @TempDir
    Path folder;

    @Test
    void tellsFormatLayersEndsTrainingAndEngines() {
        Run run = Run.atelier("inspect", Fixtures.FASHION_MNIST.resolve("model.keras"));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "format keras",
                        "kind sequential",
                        "input input_layer (None, 28, 28, 1) float32",
                        "output dense_1 (None, 10)",
                        " Conv2D 3 23,296",
                        "parameters 89,546",
                        "optimizer Adam",
                        "loss categorical_crossentropy",
                        "engine dl4j runs it",
                        "engine onnx runs it");
    }

    @Test
    void tellsWhatOneEngineRefuses() {
        JsonNode json = Run.atelier("inspect", "--json", CONFORMANCE.resolve("conv_lstm2d/model.keras"))
                .json();
        assertThat(json.at("/engines/onnx")).isEmpty();
        assertThat(json.at("/engines/dl4j/0").asText()).contains("dl4j");
        assertThat(json.get("optimizer").asText()).isEqualTo("not compiled");
    }

    @Test
    void aModelThatCannotBeReadIsShownAsFarAsItCanBeUnderstood() {
        Run run = Run.atelier("inspect", "--json", Fixtures.ROOT.resolve("custom-layers/model.h5"));
        assertThat(run.exitCode()).isEqualTo(3);
        JsonNode json = run.json();
        assertThat(json.get("problems")).hasSize(3);
        assertThat(json.get("parameters").asLong()).isEqualTo(6 + 8 + 48 * 3 + 3);
        assertThat(json.get("layers").toString()).contains("{\"class\":\"shop>Scale\",\"count\":1,\"parameters\":8}");
    }

    private static final String CONV_LSTM = "\"filters\": 1, \"kernel_size\": [1], ";

    @Test
    void whatEachEngineRefusesIsToldOfAModelThatCannotBeRead() throws IOException {
        Path apart = CONFORMANCE.resolve("weights_apart/architecture.json");
        Path file = folder.resolve("model.json");
        Files.writeString(
                file,
                Files.readString(apart)
                        .replace("\"Conv2D\"", "\"Conv2Densest\"")
                        .replaceFirst("\"Flatten\", \"config\": \\{", "\"ConvLSTM1D\", \"config\": {" + CONV_LSTM));
        Run run = Run.atelier("inspect", "--json", file);
        assertThat(run.exitCode()).isEqualTo(3);
        JsonNode json = run.json();
        assertThat(json.get("kerasVersion").asText()).startsWith("3");
        assertThat(json.get("problems")).hasSize(3);
        assertThat(json.get("layers").toString()).contains("{\"class\":\"Conv2Densest\",\"count\":3");
        assertThat(json.at("/engines/dl4j").toString())
                .contains(
                        "the file cannot be read",
                        "layer 'flatten' (ConvLSTM1D): engine dl4j does not have this layer");
        assertThat(json.at("/engines/onnx")).hasSize(1);
    }

    @Test
    void theLayersOfNestedModelsAreCounted() {
        JsonNode json = Run.atelier("inspect", "--json", CONFORMANCE.resolve("nested_three_deep/model.keras"))
                .json();
        assertThat(json.get("parameters").asLong())
                .isPositive()
                .isEqualTo(Fixtures.read(CONFORMANCE.resolve("nested_three_deep/model.keras"))
                        .parameterCount());
        assertThat(json.get("layers").toString()).doesNotContain("Functional").contains("BatchNormalization");
    }

    @Test
    void anArchitectureAloneHasUnknownParameters() {
        Path json = CONFORMANCE.resolve("weights_apart/architecture-keras2.json");
        Run alone = Run.atelier("inspect", json);
        assertThat(alone.exitCode()).isEqualTo(3);
        assertThat(alone.out()).contains("unknown").contains("the file holds the architecture only");
        Run both = Run.atelier(
                "inspect", json, "--weights", CONFORMANCE.resolve("weights_apart/architecture-keras2.weights.h5"));
        assertThat(both.exitCode()).isZero();
        assertThat(both.out()).contains("architecture-keras2.json with architecture-keras2.weights.h5");
    }
}
