package io.atelier.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthApiTest {
    @Test
    void tellsThatItLivesIsReadyAndWhatItDid() {
        try (AtelierServer server =
                AtelierServer.builder().model("fashion", Boot.MODEL).port(0).start()) {
            Client client = new Client(server);
            assertThat(client.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(client.get("/readyz").body()).isEqualTo("{\"status\":\"ready\"}");
            assertThat(client.get("/admin/models").body())
                    .isEqualTo(
                            "{\"models\":[{\"name\":\"fashion\",\"version\":\"1\",\"labels\":[],\"available\":true,\"file\":\""
                                    + Boot.MODEL + "\",\"reference\":\"pass\"}]}");
            client.post("/classify", "image/png", Boot.bytes());
            client.get("/nowhere/1");
            client.get("/nowhere/2");
            assertThat(client.get("/metrics").body())
                    .contains("atelier_predictions_total{label=\"Ankle boot\",model=\"fashion\",version=\"1\"} 1.0")
                    .contains("atelier_requests_seconds_count{method=\"POST\",route=\"/classify\",status=\"200\"} 1")
                    .contains("atelier_requests_seconds_count{method=\"GET\",route=\"none\",status=\"404\"} 2")
                    .contains("atelier_batch_rows_count 1")
                    .contains("atelier_queue_depth 0.0")
                    .contains("atelier_model_loads_total{model=\"fashion\",outcome=\"loaded\",version=\"1\"} 1.0")
                    .contains("jvm_memory_used_bytes");
        }
    }
}
