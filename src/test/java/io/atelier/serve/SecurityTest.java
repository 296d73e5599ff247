package io.atelier.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Who may ask what, and who learns of it. */
class SecurityTest {
    private static final String KEY = "a key of some length";

    private static AtelierServer.Builder builder() {
        return AtelierServer.builder().model("fashion", Boot.MODEL).port(0);
    }

    @Test
    void aKeyForEverythingLeavesOnlyHealthChecksAndThePageOpen() {
        try (AtelierServer server =
                builder().apiKey(ApiKey.of(KEY, ApiKey.Scope.EVERYTHING)).start()) {
            Client client = new Client(server);
            for (String open : List.of("/healthz", "/readyz", "/v2/health/live", "/v2/health/ready")) {
                assertThat(client.get(open).status()).as(open).isEqualTo(200);
            }
            for (String closed : List.of("/metrics", "/v1/models/fashion", "/v2", "/admin/models", "/nowhere")) {
                Client.Answer answer = client.get(closed);
                assertThat(answer.status()).as(closed).isEqualTo(401);
                assertThat(answer.body()).isEqualTo("{\"error\":\"an API key is needed: Authorization: Bearer KEY\"}");
                assertThat(answer.response().headers().firstValue("WWW-Authenticate"))
                        .contains("Bearer");
            }
            assertThat(client.post("/classify", "image/png", Boot.bytes()).status())
                    .isEqualTo(401);
            assertThat(client.get("/v2", "Authorization", "Bearer " + KEY).status())
                    .isEqualTo(200);
            assertThat(client.get("/v2", "Authorization", "bearer " + KEY).status())
                    .isEqualTo(200);
            assertThat(client.get("/v2", "X-Api-Key", KEY).status()).isEqualTo(200);
            assertThat(client.get("/v2", "X-Api-Key", KEY + "x").status()).isEqualTo(401);
            assertThat(client.get("/v2", "Authorization", "Basic " + KEY).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void aKeyForAdministrationLeavesTheModelsOpen() {
        try (AtelierServer server =
                builder().apiKey(ApiKey.of(KEY, ApiKey.Scope.ADMIN)).start()) {
            Client client = new Client(server);
            assertThat(client.get("/v1/models/fashion").status()).isEqualTo(200);
            assertThat(client.get("/metrics").status()).isEqualTo(401);
            assertThat(client.get("/admin/models").status()).isEqualTo(401);
            assertThat(client.post("/admin/reload", "").status()).isEqualTo(401);
            assertThat(client.get("/metrics", "X-Api-Key", KEY).status()).isEqualTo(200);
        }
    }

    @Test
    void aShortKeyIsRefusedAndNoKeyIsShown() {
        assertThatThrownBy(() -> ApiKey.of("short", ApiKey.Scope.ADMIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an API key has at least 16 characters; received 5");
        assertThat(ApiKey.of(KEY, ApiKey.Scope.ADMIN).toString()).doesNotContain(KEY);
        assertThat(new Tls(Path.of("a.p12"), KEY).toString()).doesNotContain(KEY);
    }

    @Test
    void pagesOfOtherOriginsMayNotCallUnlessTheyAreNamed() {
        String[] preflight = {"Origin", "https://shop.example"};
        try (AtelierServer server = builder().start()) {
            assertThat(new Client(server)
                            .get("/v2", preflight)
                            .response()
                            .headers()
                            .firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
        try (AtelierServer server =
                builder().corsOrigins(List.of("https://shop.example")).start()) {
            Client client = new Client(server);
            assertThat(client.get("/v2", preflight).response().headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("https://shop.example");
            assertThat(client.get("/v2", "Origin", "https://other.example")
                            .response()
                            .headers()
                            .firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void aPageThatMayCallMayAskBeforeItSendsTheKey() {
        try (AtelierServer server = builder()
                .corsOrigins(List.of("https://shop.example"))
                .apiKey(ApiKey.of(KEY, ApiKey.Scope.EVERYTHING))
                .start()) {
            Client.Answer preflight = new Client(server)
                    .method(
                            "OPTIONS",
                            "/classify",
                            "Origin",
                            "https://shop.example",
                            "Access-Control-Request-Method",
                            "POST",
                            "Access-Control-Request-Headers",
                            "x-api-key");
            assertThat(preflight.status()).isLessThan(300);
            assertThat(preflight.response().headers().firstValue("Access-Control-Allow-Headers"))
                    .contains("x-api-key");
            // Without this header the page would not learn that its key is wrong.
            Client.Answer refused = new Client(server).get("/v2", "Origin", "https://shop.example");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.response().headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("https://shop.example");
        }
    }

    @Test
    void theAccessLogHasALineOfJsonForEachRequest() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (AtelierServer server = builder().accessLog(lines::add).start()) {
            new Client(server).get("/v2?token=secret");
        }
        assertThat(lines).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(lines.get(0));
        assertThat(line.fieldNames())
                .toIterable()
                .containsExactly("time", "client", "method", "path", "status", "micros");
        assertThat(line.get("path").asText()).isEqualTo("/v2");
        assertThat(line.get("status").asInt()).isEqualTo(200);
        assertThat(lines.get(0)).doesNotContain("secret");
    }

    @Test
    void onlyThisMachineReachesItUnlessAskedOtherwise() throws Exception {
        try (AtelierServer server = builder().start()) {
            assertThat(server.url()).isEqualTo("http://127.0.0.1:" + server.port() + "/");
            for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
                for (var address : network.inetAddresses().toList()) {
                    if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
                        assertThatThrownBy(() -> new Socket(address, server.port()).close())
                                .isInstanceOf(java.io.IOException.class);
                    }
                }
            }
        }
    }
}
