package io.atelier.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels that a config file gives to versions, as clients of TensorFlow Serving see them. */
class VersionLabelsTest {
    private static final String V3 = "{name: shoes, version: 3, file: " + Boot.MODEL.toAbsolutePath() + "}";
    private static final String V4 = "{name: shoes, version: 4, file: "
            + Fixtures.FASHION_MNIST.resolve("model.h5").toAbsolutePath() + "}";

    @TempDir
    Path folder;

    private Path config;
    private AtelierServer server;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        config = folder.resolve("models.yaml");
        write("{models: [" + V3 + ", " + V4 + "], versionLabels: {shoes: {stable: 3, canary: 4}}}");
        server = AtelierServer.builder()
                .model(config)
                .port(0)
                .reloadInterval(Duration.ofDays(1))
                .start();
        client = new Client(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLabelIsAsGoodAsTheVersionItStandsFor() {
        for (String path : new String[] {"", "/metadata"}) {
            assertThat(client.get("/v1/models/shoes/labels/stable" + path).body())
                    .isEqualTo(client.get("/v1/models/shoes/versions/3" + path).body())
                    .contains("\"version\":\"3\"");
            assertThat(client.get("/v1/models/shoes/labels/canary" + path).body())
                    .contains("\"version\":\"4\"");
        }
        String body = "{\"instances\":[{\"b64\":\"" + Boot.base64() + "\"}]}";
        assertThat(client.post("/v1/models/shoes/labels/stable:predict", body))
                .extracting(Client.Answer::status, Client.Answer::body)
                .containsExactly(
                        200,
                        client.post("/v1/models/shoes/versions/3:predict", body).body());
    }

    @Test
    void aLabelThatNobodyGaveIsUnknown() {
        for (String path : new String[] {"shoes/labels/new", "none/labels/stable", "shoes/labels/new/metadata"}) {
            assertThat(client.get("/v1/models/" + path))
                    .extracting(Client.Answer::status, Client.Answer::body)
                    .containsExactly(
                            400,
                            "{\"error\":\"Unrecognized servable version label: "
                                    + (path.contains("new") ? "new" : "stable") + "\"}");
        }
        assertThat(client.post("/v1/models/shoes/labels/new:predict", "{\"instances\":[1]}")
                        .body())
                .isEqualTo("{\"error\":\"Unrecognized servable version label: new\"}");
    }

    @Test
    void labelsMoveWithTheConfigFile() throws IOException {
        write("{models: [" + V3 + ", " + V4 + "], versionLabels: {shoes: {stable: 4}}}");
        reload();
        assertThat(versionOf("stable")).contains("\"version\":\"4\"");
        assertThat(versionOf("canary")).contains("Unrecognized servable version label: canary");
        assertThat(client.get("/admin/models").json().get("models").findValues("labels"))
                .extracting(Object::toString)
                .containsExactly("[]", "[\"stable\"]");
    }

    @Test
    void aLabelStaysWhereItIsWhenItIsGivenToAVersionThatIsNotListed() throws IOException {
        write("{models: [" + V3 + "], versionLabels: {shoes: {stable: 5}}}");
        reload();
        assertThat(versionOf("stable")).contains("\"version\":\"3\"");
        assertThat(client.get("/admin/models").json().get("problem").asText())
                .endsWith("versionLabels: the label shoes/stable stands for shoes/5, which is not among the models;"
                        + " expected one of [shoes/3]");
    }

    @Test
    void aLabelStaysWithTheVersionThatAnswersUntilTheNextOneDoes() throws IOException {
        String bad = "{name: shoes, version: 5, file: bad.keras}";
        write("{models: [" + V4 + ", " + bad + "], versionLabels: {shoes: {stable: 5}}}");
        Files.writeString(folder.resolve("bad.keras"), "no model");
        reload();
        assertThat(versionOf("stable")).contains("\"version\":\"3\"", "AVAILABLE");
        Files.copy(Boot.MODEL, folder.resolve("good.keras"));
        write("{models: [" + V4 + ", " + bad.replace("bad", "good") + "], versionLabels: {shoes: {stable: 5}}}");
        reload();
        assertThat(versionOf("stable")).contains("\"version\":\"5\"", "AVAILABLE");
        assertThat(client.get("/v1/models/shoes/versions/3").status()).isEqualTo(404);
    }

    private String versionOf(String label) {
        return client.get("/v1/models/shoes/labels/" + label).body();
    }

    private void reload() {
        assertThat(client.post("/admin/reload", "").status()).isEqualTo(200);
    }

    private void write(String text) throws IOException {
        Files.writeString(config, text);
    }
}
