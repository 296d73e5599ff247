package io.atelier.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atelier.testing.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model file that changes while the server runs, as its clients see it. */
class ReloadTest {
    @TempDir
    Path folder;

    @Test
    void aGoodFileIsTakenUpAndABadOneIsReported() throws Exception {
        Path file = folder.resolve("fashion/1/model.keras");
        Files.createDirectories(folder.resolve("fashion/1"));
        Files.copy(Boot.MODEL, file);
        try (AtelierServer server = AtelierServer.builder()
                .model(folder)
                .port(0)
                .reloadInterval(Duration.ofDays(1))
                .start()) {
            Client client = new Client(server);
            Files.createDirectories(folder.resolve("fashion/2"));
            Files.copy(Fixtures.FASHION_MNIST.resolve("model.h5"), folder.resolve("fashion/2/model.h5"));
            Files.writeString(file, "damaged");
            Files.createDirectories(folder.resolve("fashion/3"));
            Files.writeString(folder.resolve("fashion/3/model.keras"), "damaged");
            assertThat(client.post("/admin/reload", "").json().get("models")).hasSize(3);
            assertThat(client.get("/v2/models/fashion").json().get("versions").toString())
                    .isEqualTo("[\"1\",\"2\"]");
            JsonNode states = client.get("/v1/models/fashion").json().get("model_version_status");
            assertThat(states.get(0).get("state").asText()).isEqualTo("AVAILABLE");
            assertThat(states.get(0).get("status").get("error_code").asText()).isEqualTo("FAILED_PRECONDITION");
            assertThat(states.get(0).get("status").get("error_message").asText())
                    .contains("expected a Keras model");
            assertThat(states.get(1).toString())
                    .isEqualTo("{\"version\":\"2\",\"state\":\"AVAILABLE\",\"status\":{\"error_code\":\"OK\","
                            + "\"error_message\":\"\"}}");
            for (String version : new String[] {"1", "2"}) {
                assertThat(client.post("/classify?version=" + version, "image/png", Boot.bytes())
                                .json()
                                .get("images")
                                .get(0)
                                .get("label")
                                .asText())
                        .isEqualTo("Ankle boot");
            }
            assertThat(client.get("/metrics").body())
                    .contains("atelier_model_loads_total{model=\"fashion\",outcome=\"refused\",version=\"1\"} 1.0")
                    .contains("atelier_model_loads_total{model=\"fashion\",outcome=\"loaded\",version=\"2\"} 1.0");
        }
    }

    @Test
    @Timeout(60)
    void aChangeIsSeenWithoutBeingTold() throws Exception {
        Path file = Files.copy(Boot.MODEL, folder.resolve("fashion.keras"));
        try (AtelierServer server = AtelierServer.builder()
                .model(file)
                .port(0)
                .reloadInterval(Duration.ofMillis(50))
                .start()) {
            Files.copy(Fixtures.FASHION_MNIST.resolve("model-keras2.h5"), file, StandardCopyOption.REPLACE_EXISTING);
            while (server.models().get(0).model().orElseThrow().model().origin().kerasVersion().stream()
                    .noneMatch(version -> version.startsWith("2."))) {
                Thread.sleep(20);
            }
        }
    }
}
